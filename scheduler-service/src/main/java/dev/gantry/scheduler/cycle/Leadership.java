package dev.gantry.scheduler.cycle;

import java.time.Instant;

/**
 * Whether our decisions count.
 *
 * <pre>
 *   following ──Leading──► leading        a cycle follows until it is told to lead
 *       ▲                     │
 *       └──────Following──────┘
 * </pre>
 */
sealed interface Leadership {
    record Following() implements Leadership {}

    /**
     * @param began when we began to lead
     * @param isFirst whether no other replica led before
     */
    record Leading(Instant began, boolean isFirst) implements Leadership {
        private static final long FIRST_TERM = 1;

        /** Without an election there is one scheduler, which has always led. */
        static Leading of(SchedulerInput.Leading input, Instant now) {
            boolean isAlone = input.equals(SchedulerInput.Leading.ALONE);
            return new Leading(
                    isAlone ? Instant.EPOCH : now, isAlone || input.term() == FIRST_TERM);
        }

        /** From when on all decisions have been ours. */
        Instant since() {
            return isFirst ? Instant.EPOCH : began;
        }
    }
}
