"""Pages of the desk: each authorises, reads what was asked, makes one call and renders."""
