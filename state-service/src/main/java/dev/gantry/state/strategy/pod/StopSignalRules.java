package dev.gantry.state.strategy.pod;

import dev.gantry.state.validation.Field;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The signal that ends a container: which there are depends on the operating system. */
final class StopSignalRules {
    private static final List<String> ON_WINDOWS = List.of("SIGKILL", "SIGTERM");
    private static final List<String> ON_LINUX =
            Stream.concat(
                            Stream.of(
                                    "SIGABRT",
                                    "SIGALRM",
                                    "SIGBUS",
                                    "SIGCHLD",
                                    "SIGCLD",
                                    "SIGCONT",
                                    "SIGFPE",
                                    "SIGHUP",
                                    "SIGILL",
                                    "SIGINT",
                                    "SIGIO",
                                    "SIGIOT",
                                    "SIGKILL",
                                    "SIGPIPE",
                                    "SIGPOLL",
                                    "SIGPROF",
                                    "SIGPWR",
                                    "SIGQUIT",
                                    "SIGRTMAX",
                                    "SIGRTMIN",
                                    "SIGSEGV",
                                    "SIGSTKFLT",
                                    "SIGSTOP",
                                    "SIGSYS",
                                    "SIGTERM",
                                    "SIGTRAP",
                                    "SIGTSTP",
                                    "SIGTTIN",
                                    "SIGTTOU",
                                    "SIGURG",
                                    "SIGUSR1",
                                    "SIGUSR2",
                                    "SIGVTALRM",
                                    "SIGWINCH",
                                    "SIGXCPU",
                                    "SIGXFSZ"),
                            Stream.concat(
                                    IntStream.rangeClosed(1, 14).mapToObj(n -> "SIGRTMAX-" + n),
                                    IntStream.rangeClosed(1, 15).mapToObj(n -> "SIGRTMIN+" + n)))
                    .sorted()
                    .toList();

    private StopSignalRules() {}

    static void check(Field signal, String system) {
        if (!signal.isSet()) {
            return;
        }
        if (system.isEmpty()) {
            signal.forbidden("may not be set for containers with empty `spec.os.name`");
            return;
        }
        List<String> known = system.equals("windows") ? ON_WINDOWS : ON_LINUX;
        if (!known.contains(signal.text())) {
            signal.notSupported(known);
        }
    }
}
