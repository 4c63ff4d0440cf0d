package dev.gantry.state.admission.podsecurity;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** All checks, those of baseline first. Compat: the registry of {@code policy}. */
public final class Checks {
    private static final List<Check> ALL =
            Stream.of(
                            HostChecks.ALL,
                            PrivilegeChecks.ALL,
                            ProfileChecks.ALL,
                            UserChecks.ALL,
                            VolumeChecks.ALL)
                    .flatMap(List::stream)
                    .sorted(Comparator.comparing(Check::level).thenComparing(Check::id))
                    .toList();

    private Checks() {}

    /** Everything that the standard forbids and the pod does. */
    public static List<Violation> violations(Standard standard, PodParts pod) {
        List<Violation> found = new ArrayList<>();
        List<Check> asked =
                ALL.stream()
                        .filter(each -> each.level().compareTo(standard.level()) <= 0)
                        .filter(each -> each.isOf(standard.minor()))
                        .toList();
        List<String> overridden =
                asked.stream().flatMap(each -> each.overridden().stream()).toList();
        for (Check each : asked) {
            if (!overridden.contains(each.id())) {
                each.test().of(pod).ifPresent(found::add);
            }
        }
        return found;
    }
}
