import type { ChildFacts } from '../stored-child.ts';

type Placed = Pick<ChildFacts, 'tag' | 'otherTags'>;

/** All fingerprints by which a child is found as his guardian's. */
export const placesOf = ({ tag, otherTags = [] }: Placed): string[] => [tag, ...otherTags];

/**
 * By what a child is found once a row names him by `tag`: where that is one of his places already, the others stay,
 * since they are of other numbers of the same guardian; else he is somebody else's child now, or was born on another
 * day, and only this one is left.
 */
export function placed(former: Placed | undefined, tag: string): Placed {
  const places = former ? placesOf(former) : [];
  return places.includes(tag) ? withPlaces(tag, places) : { tag };
}

/** The same child found by `plus` from now on, and by `minus` no more. */
export function moved(child: ChildFacts, by: { readonly plus: string; readonly minus?: string }) {
  const { tag: _t, otherTags: _o, ...rest } = child;
  const left = placesOf(child).filter((one) => one !== by.minus);
  return { ...rest, ...withPlaces(by.plus, left) };
}

function withPlaces(tag: string, places: readonly string[]): Placed {
  const otherTags = places.filter((one) => one !== tag);
  return { tag, ...(otherTags.length > 0 ? { otherTags } : {}) };
}
