import { allHandlersFinished, condition, continueAsNew, defineQuery, defineUpdate, setHandler, workflowInfo } from '@temporalio/workflow';
import { InvalidConfigError } from '../shared/errors.js';
import type { MovePointer, PointerMove, PointersState } from '../shared/pointers.js';
import { AUDITED_MOVES } from '../shared/pointers.js';
import { MOVE_POINTER_UPDATE, POINTERS_QUERY } from '../shared/run.js';

const moveUpdate = defineUpdate<PointerMove, [MovePointer]>(MOVE_POINTER_UPDATE);
const stateQuery = defineQuery<PointersState>(POINTERS_QUERY);
const NAME = /^[a-z][a-z0-9-]{0,63}$/;
const LONGEST_TARGET = 200;

/**
 * The one place where pointers (`latest`) move: an entity workflow, so that two movers cannot both win and every move
 * leaves a trace. It lives for ever and continues as new when its history grows long. Moving a pointer to where it
 * already points is no move: a retried mover changes nothing.
 */
export async function pointers(state: PointersState = { pointers: {}, moves: [] }): Promise<void> {
  const targets: Record<string, string> = { ...state.pointers };
  let moves = [...state.moves];

  setHandler(stateQuery, () => ({ pointers: targets, moves }));
  setHandler(
    moveUpdate,
    ({ name, target }) => {
      const last = moves.findLast((move) => move.name === name);
      if (targets[name] === target && last) return last;
      const move = { name, target, at: Date.now() };
      targets[name] = target;
      moves = [...moves, move].slice(-AUDITED_MOVES);
      return move;
    },
    { validator: refuseBadMove },
  );

  await condition(() => workflowInfo().continueAsNewSuggested && allHandlersFinished());
  await continueAsNew<typeof pointers>({ pointers: targets, moves });
}

function refuseBadMove({ name, target }: MovePointer): void {
  if (typeof name !== 'string' || !NAME.test(name)) {
    throw new InvalidConfigError(`A pointer's name is lower-case letters, digits and hyphens (64 at most), got ${JSON.stringify(name)}.`);
  }
  if (typeof target !== 'string' || target.length === 0 || target.length > LONGEST_TARGET) {
    throw new InvalidConfigError(`Pointer ${name} needs a target of 1 to ${LONGEST_TARGET} characters, got ${JSON.stringify(target)}.`);
  }
}
