/** What is sent of a report: made once, kept, and sent letter for letter each time. */
import { ask } from "./line";
import { changeReport } from "./store";
import type { Place, Report } from "./terms";

/** Give the report with its body, made and kept now if there is none yet.

    @throws LineFault where the place of a scanned door must still be asked for. */
export async function freeze(report: Report): Promise<Report> {
  if (report.body) return report;
  const place = report.door && !report.doorPlace ? await findDoor(report.door) : report.doorPlace;
  const body = JSON.stringify(written({ ...report, doorPlace: place }));
  return (
    (await changeReport(report.id, (one) => {
      one.doorPlace = place;
      // Another tab may have been first: what was sent once stays.
      one.body ||= body;
    })) ?? report
  );
}

export async function findDoor(code: string): Promise<Place | null> {
  const response = await ask(`/field/place?at=${encodeURIComponent(code)}`);
  return response.ok ? ((await response.json()) as Place) : null;
}

function written(report: Report): Record<string, unknown> {
  const at = report.doorPlace ?? { lon: null, lat: null, address: "" };
  const point = at.lon !== null ? at : report.device;
  const isNamed = Boolean(report.account || report.phone);
  const isCourier = report.isCourier && Boolean(report.account);
  return {
    id: report.id,
    text: report.text.trim() || report.wordless,
    address: (report.address.trim() || at.address || report.door).slice(0, 200),
    ...(point && { lon: point.lon, lat: point.lat }),
    ...(report.device && { device: { lon: report.device.lon, lat: report.device.lat } }),
    ...(report.category && { category: report.category }),
    ...(report.phone && !isCourier && { contact: { phone: report.phone } }),
    anonymous: !isNamed,
    channel: isCourier ? "courier" : ownDoor(),
  };
}

function ownDoor(): string {
  return /MicroMessenger/i.test(navigator.userAgent) ? "wechat" : "web";
}
