package dev.gantry.agent.shell.http;

import dev.gantry.agent.runtime.ContainerRuntime;
import dev.gantry.agent.runtime.container.ContainerStatus;
import dev.gantry.agent.stream.LogFilter;
import dev.gantry.agent.stream.LogOptions;
import dev.gantry.agent.stream.RequestHead;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Logs of containers, from the files that the runtime writes. */
final class LogRoute {
    private static final int CHUNK_BYTES = 32768;
    private static final Duration POLL = Duration.ofMillis(100);

    /** How many times nothing came before the runtime is asked whether the container still runs. */
    private static final int QUIET_POLLS = 10;

    private final PodContainers containers;

    LogRoute(PodContainers containers) {
        this.containers = containers;
    }

    void serve(Exchange exchange, RequestHead request) throws IOException, Refused {
        List<String> path = request.path();
        LogOptions options = options(request);
        var age =
                options.wantsPrevious()
                        ? PodContainers.LogAge.PREVIOUS
                        : PodContainers.LogAge.CURRENT;
        ContainerStatus container = containers.logged(path.get(1), path.get(2), path.get(3), age);
        try (LogFile file = open(container)) {
            if (options.tailLines().isPresent()) {
                seek(file, options.tailLines().getAsLong());
            }
            exchange.beginBody();
            var gone = new CountDownLatch(1);
            Thread.ofVirtual()
                    .name("log-client")
                    .start(
                            () -> {
                                exchange.awaitClientLeaving();
                                gone.countDown();
                            });
            new Reader(file, options, exchange, gone).run(container.id());
            exchange.endBody();
        }
    }

    private static LogFile open(ContainerStatus container) throws IOException, Refused {
        try {
            return new LogFile(Path.of(container.logPath()));
        } catch (NoSuchFileException removed) {
            throw new Refused(404, "the log of container " + container.name() + " is gone");
        }
    }

    private static LogOptions options(RequestHead request) throws Refused {
        try {
            return LogOptions.of(request, Instant.now());
        } catch (IllegalArgumentException unclear) {
            throw new Refused(400, String.valueOf(unclear.getMessage()));
        }
    }

    private static void seek(LogFile file, long lines) throws IOException {
        if (lines == 0) {
            file.seekToEnd();
        } else {
            file.seekToLast(lines);
        }
    }

    /** One client's way through the file. */
    private final class Reader {
        private final LogFile file;
        private final boolean follows;
        private final LogFilter filter;
        private final Exchange exchange;
        private final CountDownLatch gone;
        private final ByteArrayOutputStream chunk = new ByteArrayOutputStream();

        Reader(LogFile file, LogOptions options, Exchange exchange, CountDownLatch gone) {
            this.file = file;
            this.follows = options.follows() && !options.wantsPrevious();
            this.filter = new LogFilter(options);
            this.exchange = exchange;
            this.gone = gone;
        }

        void run(String container) throws IOException {
            int quiet = 0;
            boolean hasEnded = !follows;
            while (gone.getCount() > 0) {
                boolean hasRead = drain();
                if (filter.isExhausted()) {
                    return;
                }
                if (hasRead || file.followRotation()) {
                    quiet = 0;
                } else if (hasEnded) {
                    return;
                } else if (++quiet % QUIET_POLLS == 0) {
                    // Once more around: what it wrote last may have come meanwhile.
                    hasEnded = !isRunning(containers.runtime(), container);
                    continue;
                }
                if (!hasEnded) {
                    pause();
                }
            }
        }

        /** Sends all there is now. Returns whether there was anything. */
        private boolean drain() throws IOException {
            boolean hasRead = false;
            for (Optional<byte[]> entry = file.next();
                    entry.isPresent() && !filter.isExhausted();
                    entry = file.next()) {
                hasRead = true;
                chunk.writeBytes(filter.apply(entry.get()));
                if (chunk.size() >= CHUNK_BYTES) {
                    flush();
                }
            }
            flush();
            return hasRead;
        }

        private void flush() throws IOException {
            exchange.write(chunk.toByteArray());
            chunk.reset();
        }

        private void pause() {
            try {
                gone.await(POLL.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
                gone.countDown();
            }
        }
    }

    private static boolean isRunning(ContainerRuntime runtime, String container) {
        return runtime.container(container).filter(ContainerStatus::isRunning).isPresent();
    }
}
