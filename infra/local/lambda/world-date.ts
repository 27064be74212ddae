/**
 * Makes `Date` tell world time in this thread: the machine's clock plus the shared offset. Dates made
 * from values are untouched. `Intl…format()` without a date still sees the machine's clock: the house
 * rules forbid it.
 */
export function patchDate(offset: BigInt64Array): void {
  const MachineDate = Date;
  const machineNow = MachineDate.now;
  const now = () => machineNow() + Number(Atomics.load(offset, 0));
  MachineDate.now = now;
  globalThis.Date = new Proxy(MachineDate, {
    construct: (target, values: [], newTarget) =>
      Reflect.construct(target, values.length === 0 ? [now()] : values, newTarget),
    apply: () => new MachineDate(now()).toString(),
  });
}
