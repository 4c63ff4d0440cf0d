package dev.gantry.agent.shell.worker;

import dev.gantry.client.shell.file.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Numbers the reports of a node, in microseconds of its clock.
 *
 * <p>Invariant: numbers grow, also when the clock is set back and the agent begins anew: no number
 * is used above the one on disk, and the next agent begins above that. But what is so far ahead of
 * the clock that the state service takes it for one from the future is forgotten: the clock was
 * wrong before, or is now.
 */
final class ReportSequence {
    private static final Logger LOG = LoggerFactory.getLogger(ReportSequence.class);

    /**
     * Cost: a small file is written no more than once a second; an agent that begins again and
     * again gets no further ahead of the clock than that.
     */
    private static final Duration RESERVED = Duration.ofSeconds(1);

    /** As {@code StatusDecider} of the state service has it. */
    private static final Duration CLOCKS_APART = Duration.ofMinutes(10);

    private final Path file;
    private final InstantSource clock;
    private long last;
    private long reserved;

    ReportSequence(Path file, InstantSource clock) {
        this.file = file;
        this.clock = clock;
        this.last = read(file);
        this.reserved = last;
    }

    synchronized long next() {
        Instant now = clock.instant();
        boolean isBelieved = last <= micros(now.plus(CLOCKS_APART));
        last = isBelieved ? Math.max(last + 1, micros(now)) : micros(now);
        if (last > reserved || !isBelieved) {
            reserved = last + RESERVED.toNanos() / 1000;
            write();
        }
        return last;
    }

    private void write() {
        try {
            PrivateFile.write(file, Long.toString(reserved));
        } catch (IOException fault) {
            LOG.warn("the number of the last report is not on disk: {}", fault.getMessage());
        }
    }

    private static long read(Path file) {
        try {
            return Long.parseLong(Files.readString(file).strip());
        } catch (NoSuchFileException none) {
            return 0;
        } catch (IOException | NumberFormatException unreadable) {
            LOG.warn("the number of the last report is unreadable: {}", unreadable.getMessage());
            return 0;
        }
    }

    private static long micros(Instant when) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, when);
    }
}
