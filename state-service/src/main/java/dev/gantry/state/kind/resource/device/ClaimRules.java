package dev.gantry.state.kind.resource.device;

import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.Names;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a claim asks for. Compat: {@code validateResourceClaimSpec}. */
public final class ClaimRules {
    private static final int MOST_REQUESTS = 32;
    private static final int MOST_ALTERNATIVES = 8;
    private static final String ONE_OF = "exactly one of `exactly` or `firstAvailable` is required";
    private static final List<String> MODES = List.of("All", "ExactCount");

    private ClaimRules() {}

    /** Names of requests, and below each those of its alternatives. */
    public record RequestNames(SortedMap<String, SortedSet<String>> names) {
        public static RequestNames of(Field devices) {
            SortedMap<String, SortedSet<String>> names = new TreeMap<>();
            for (Field request : devices.child("requests").items()) {
                SortedSet<String> below = new TreeSet<>();
                request.child("firstAvailable")
                        .items()
                        .forEach(each -> below.add(each.text("name")));
                names.put(request.text("name"), below);
            }
            return new RequestNames(names);
        }

        private boolean has(String[] segments) {
            SortedSet<String> below = names.get(segments[0]);
            return below != null && (segments.length == 1 || below.contains(segments[1]));
        }

        /** A reference to a request, or to one of its alternatives. */
        public void check(Field reference) {
            String unknown =
                    "must be the name of a request in the claim or the name of a request and a"
                            + " subrequest separated by '/'";
            String[] segments = reference.text().split("/", -1);
            if (segments.length > 2) {
                reference.invalid(unknown);
                return;
            }
            for (String segment : segments) {
                Names.dnsLabel(segment).forEach(each -> reference.invalidText(segment, each));
            }
            if (!has(segments)) {
                reference.invalid(unknown);
            }
        }

        public void checkAll(Field references) {
            if (DeviceNames.isShortEnough(references, MOST_REQUESTS)) {
                references.items().forEach(this::check);
                DeviceNames.eachOnce(references.items(), Field::text);
            }
        }
    }

    public static void spec(Field spec) {
        Field devices = spec.child("devices");
        RequestNames names = RequestNames.of(devices);
        Field requests = devices.child("requests");
        if (DeviceNames.isShortEnough(requests, MOST_REQUESTS)) {
            requests.items().forEach(ClaimRules::request);
            DeviceNames.eachOnce(requests.items(), each -> each.text("name"));
        }
        Field constraints = devices.child("constraints");
        if (DeviceNames.isShortEnough(constraints, MOST_REQUESTS)) {
            constraints.items().forEach(each -> constraint(each, names));
        }
        Field config = devices.child("config");
        if (DeviceNames.isShortEnough(config, SelectorRules.MOST_CONFIGS)) {
            for (Field each : config.items()) {
                names.checkAll(each.child("requests"));
                SelectorRules.configuration(each);
            }
        }
    }

    private static void request(Field request) {
        DeviceNames.label(request.child("name"));
        Field exactly = request.child("exactly");
        Field alternatives = request.child("firstAvailable");
        if (!exactly.isSet() && alternatives.isEmpty()) {
            request.required(ONE_OF);
        } else if (exactly.isSet() && !alternatives.isEmpty()) {
            request.invalidAs("null", ONE_OF + ", but multiple fields are set");
        } else if (exactly.isSet()) {
            devices(exactly);
        } else if (DeviceNames.isShortEnough(alternatives, MOST_ALTERNATIVES)) {
            for (Field each : alternatives.items()) {
                DeviceNames.label(each.child("name"));
                devices(each);
            }
            DeviceNames.eachOnce(alternatives.items(), each -> each.text("name"));
        }
    }

    private static void devices(Field wanted) {
        DeviceNames.requiredSubdomain(wanted.child("deviceClassName"));
        SelectorRules.selectors(wanted.child("selectors"));
        Field count = wanted.child("count");
        Field mode = wanted.child("allocationMode");
        switch (mode.text()) {
            case "All" -> {
                if (count.number() != 0) {
                    count.invalid("must not be specified when allocationMode is 'All'");
                }
            }
            case "ExactCount" -> {
                if (count.number() <= 0) {
                    count.invalidNumber("must be greater than zero");
                }
            }
            default -> mode.notSupportedText(mode.text(), MODES);
        }
        SelectorRules.tolerations(wanted.child("tolerations"));
    }

    private static void constraint(Field constraint, RequestNames names) {
        names.checkAll(constraint.child("requests"));
        Field match = constraint.child("matchAttribute");
        Field distinct = constraint.child("distinctAttribute");
        if (match.isSet()) {
            DeviceNames.fullyQualified(match);
        } else if (distinct.isSet()) {
            DeviceNames.fullyQualified(distinct);
        } else {
            constraint.required(
                    "exactly one of \"matchAttribute\" or \"distinctAttribute\" is required, but"
                            + " multiple fields are set");
        }
    }
}
