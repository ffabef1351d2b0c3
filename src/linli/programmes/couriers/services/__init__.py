"""Commands of the room, by what they change."""
