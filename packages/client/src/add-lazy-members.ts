/**
 * Gives an object members that are made when somebody asks for them first: most programs use a few of the groups. They can be
 * listed and replaced as any other member.
 */
export function addLazyMembers<Target extends object, Members extends object>(
  target: Target,
  names: readonly (keyof Members)[],
  make: (name: keyof Members) => unknown,
): Target & Members {
  for (const name of names) {
    let member: unknown;
    Object.defineProperty(target, name, {
      configurable: true,
      enumerable: true,
      get: () => (member ??= make(name)),
      set: (other: unknown) => {
        member = other;
      },
    });
  }
  return target as Target & Members;
}
