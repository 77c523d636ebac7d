import { escapePointer } from '../../compare/schema/pointer.ts';
import type { FieldSeen, SchemaField } from '../../compare/view/schema-tree.ts';
import type { SchemaTree } from '../../compare/view/schema-trees.ts';
import { visible } from '../../support/escape.ts';
import { TableHead } from './table-head.tsx';
import { share } from './text.tsx';

interface Row {
  readonly field: SchemaField;
  readonly pointer: string;
  readonly depth: number;
}

/** A message's schema before and after around what changed, a row a field; `marked`: findings' paths. */
export function SchemaView({
  tree,
  marked,
  at,
}: {
  tree: SchemaTree;
  marked: ReadonlySet<string>;
  at?: string | undefined;
}) {
  const rows = rowsOf(tree.root);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
    <section class="schema scroll" tabIndex={0} aria-label={`Schema of ${visible(tree.message)}`}>
      <table>
        <TableHead columns={[visible(tree.message, 120), 'before', 'after']} />
        <tbody>
          {rows.map(({ field, pointer, depth }) => {
            const path = `${tree.message} ${pointer}`.trimEnd();
            const state = stateOf(field, marked.has(path));
            return (
              <tr key={pointer} class={`${state} ${path === at ? 'here' : ''}`}>
                <th scope="row">
                  <svg class="indent" width={depth * 18} height="1" aria-hidden="true" />
                  <span class="sign">{SIGNS[state]}</span>
                  <code>{nameOf(field, pointer)}</code>
                  {field.leftOut !== undefined && (
                    <span class="muted"> +{field.leftOut} not shown</span>
                  )}
                </th>
                <td>
                  <Seen side={field.baseline} />
                </td>
                <td>
                  <Seen side={field.candidate} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

type State = 'added' | 'gone' | 'changed' | 'same';
const SIGNS = { added: '+', gone: '−', changed: '~', same: '' } as const;

function stateOf({ baseline, candidate }: SchemaField, isMarked: boolean): State {
  if (!isMarked) return 'same';
  if (baseline === null) return 'added';
  return candidate === null ? 'gone' : 'changed';
}

function nameOf({ name }: SchemaField, pointer: string): string {
  if (pointer === '') return 'body';
  return name === '*' ? '[ each ]' : visible(name, 120);
}

function Seen({ side }: { side: FieldSeen | null }) {
  if (side === null) return <span class="muted">–</span>;
  const { type, some, all } = side;
  return (
    <>
      {visible(type, 120)} {some < all && <span class="muted nowrap">in {share(some / all)}</span>}
    </>
  );
}

function rowsOf(root: SchemaField): Row[] {
  const rows: Row[] = [];
  const walk = (field: SchemaField, pointer: string, depth: number) => {
    rows.push({ field, pointer, depth });
    for (const child of field.children ?? []) {
      walk(child, `${pointer}/${escapePointer(child.name)}`, depth + 1);
    }
  };
  walk(root, '', 0);
  return rows;
}
