/**
 * Ways out for jobs that run at once and are to be read one after another: what the first says is written as it comes, what another
 * says is kept until all before it have ended.
 * @param count how many jobs there are.
 * @param write takes a chunk of text.
 * @returns for each job: `live`, whether its output may go straight to the terminal, `say(chunk)` and `end()`.
 */
export function inTurn(count, write = (chunk) => process.stdout.write(chunk)) {
  const jobs = Array.from({ length: count }, () => ({ kept: [], ended: false }));
  let turn = 0;
  const goOn = () => {
    for (; turn < count; turn++) {
      for (const chunk of jobs[turn].kept.splice(0)) write(chunk);
      if (!jobs[turn].ended) return;
    }
  };
  return jobs.map((job, at) => ({
    live: at === 0,
    say(chunk) {
      job.kept.push(chunk);
      if (at === turn) goOn();
    },
    end() {
      job.ended = true;
      if (at === turn) goOn();
    },
  }));
}
