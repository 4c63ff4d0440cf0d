package dev.gantry.state.kind.apiregistration.apiservice;

import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.KeyNames;
import dev.gantry.state.validation.Names;
import dev.gantry.state.validation.Payload;
import java.util.List;

/** Compat: {@code ValidateAPIService}. */
final class ApiServiceRules {
    private static final List<String> STATUSES = List.of("True", "False", "Unknown");
    private static final int MOST_GROUP_PRIORITY = 20_000;
    private static final int MOST_VERSION_PRIORITY = 1000;

    private ApiServiceRules() {}

    static void check(Field root) {
        Field spec = root.child("spec");
        Field group = spec.child("group");
        Field version = spec.child("version");
        Field name = root.child("metadata", "name");
        String wanted = version.text() + "." + group.text();
        if (Names.pathSegment(name.text()).isEmpty() && !name.text().equals(wanted)) {
            name.invalid("must be `spec.version+\".\"+spec.group`: \"%s\"".formatted(wanted));
        }
        if (!group.isEmpty()) {
            group.invalidFor(Names.dnsSubdomain(group.text()));
        } else if (!version.text().equals("v1")) {
            group.required("only v1 may have an empty group and it better be legacy kube");
        }
        Names.dns1035Label(version.text())
                .forEach(each -> version.invalidText(version.text(), each));
        priority(spec.child("groupPriorityMinimum"), MOST_GROUP_PRIORITY);
        priority(spec.child("versionPriority"), MOST_VERSION_PRIORITY);
        if (spec.has("service")) {
            service(spec);
        } else {
            local(spec);
        }
    }

    private static void priority(Field priority, int most) {
        if (priority.number() <= 0 || priority.number() > most) {
            priority.invalidNumber("must be positive and less than " + most);
        }
    }

    private static void local(Field spec) {
        Field bundle = spec.child("caBundle");
        if (!bundle.isEmpty()) {
            bundle.invalidText(
                    Payload.binaryBytes(bundle) + " bytes",
                    "local APIServices may not have a caBundle");
        }
        Field isUnchecked = spec.child("insecureSkipTLSVerify");
        if (isUnchecked.isTrue()) {
            isUnchecked.invalid("local APIServices may not have insecureSkipTLSVerify");
        }
    }

    private static void service(Field spec) {
        Field service = spec.child("service");
        for (String name : List.of("namespace", "name")) {
            if (service.child(name).isEmpty()) {
                service.child(name).required("");
            }
        }
        Field port = service.child("port");
        KeyNames.portNumber(port.number())
                .forEach(each -> port.invalid("port is not valid: " + each));
        Field isUnchecked = spec.child("insecureSkipTLSVerify");
        if (isUnchecked.isTrue() && !spec.child("caBundle").isEmpty()) {
            isUnchecked.invalid("may not be true if caBundle is present");
        }
    }

    static void status(Field status) {
        for (Field condition : status.child("conditions").items()) {
            Field value = condition.child("status");
            if (!STATUSES.contains(value.text())) {
                value.notSupportedText(value.text(), STATUSES);
            }
        }
    }
}
