/** One of a few, as buttons side by side. */
export function Choice<T extends string>(props: {
  label: string;
  value: T;
  options: readonly (readonly [value: T, word: string])[];
  onChange: (value: T) => void;
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's legend takes a line of its own
    <div class="choice" role="group" aria-label={props.label}>
      {props.options.map(([value, word]) => (
        <button
          key={value}
          type="button"
          aria-pressed={value === props.value}
          onClick={() => props.onChange(value)}
        >
          {word}
        </button>
      ))}
    </div>
  );
}
