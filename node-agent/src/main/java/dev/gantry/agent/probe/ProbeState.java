package dev.gantry.agent.probe;

import java.time.Instant;

/**
 * What is known of one container through one probe.
 *
 * <pre>
 *   start ──► [verdict of the kind's beginning] ──threshold reached──► GOOD ◄──► BAD
 *                                                   (liveness and startup stay BAD: held)
 * </pre>
 *
 * @param streak how many outcomes in a row were as the last one
 * @param nextAt when to ask again
 * @param isHeld true once a failed container waits for its end: it is not asked any more
 */
public record ProbeState(
        ProbeKind kind,
        Verdict verdict,
        boolean wasGood,
        int streak,
        Instant nextAt,
        boolean isHeld,
        String words) {
    /** What the probe says as a whole. */
    public enum Verdict {
        UNKNOWN,
        GOOD,
        BAD
    }

    /**
     * Compat: alive until shown otherwise, not ready until shown otherwise, not started until
     * known.
     */
    public static ProbeState start(ProbeKind kind, ProbeSettings settings, Instant startedAt) {
        Verdict first =
                switch (kind) {
                    case LIVENESS -> Verdict.GOOD;
                    case READINESS -> Verdict.BAD;
                    case STARTUP -> Verdict.UNKNOWN;
                };
        return new ProbeState(
                kind, first, false, 0, startedAt.plus(settings.initialDelay()), false, "");
    }

    public ProbeState after(ProbeOutcome outcome, ProbeSettings settings, Instant now) {
        boolean continues = streak > 0 && wasGood == outcome.isGood();
        int length = continues ? streak + 1 : 1;
        int needed = outcome.isGood() ? settings.successThreshold() : settings.failureThreshold();
        Verdict next = verdict;
        if (length >= needed) {
            next = outcome.isGood() ? Verdict.GOOD : Verdict.BAD;
        }
        boolean isFatal = next == Verdict.BAD && length >= needed && kind != ProbeKind.READINESS;
        return new ProbeState(
                kind,
                next,
                outcome.isGood(),
                length,
                now.plus(settings.period()),
                isFatal,
                outcome.words());
    }
}
