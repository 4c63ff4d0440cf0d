package dev.gantry.state.kind.core.pod.container;

import dev.gantry.state.validation.AddressRules;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.KeyNames;
import java.util.List;

/** What a probe or a hook does: exactly one of a few actions. */
final class ActionRules {
    private static final List<String> SCHEMES = List.of("HTTP", "HTTPS");

    private ActionRules() {}

    static void lifecycle(Field lifecycle, PodContext context) {
        for (String hook : List.of("postStart", "preStop")) {
            if (lifecycle.has(hook)) {
                check(
                        lifecycle.child(hook),
                        List.of("exec", "httpGet", "tcpSocket", "sleep"),
                        context);
            }
        }
    }

    static void probe(Field probe, PodContext context) {
        check(probe, List.of("exec", "httpGet", "tcpSocket", "grpc"), context);
    }

    private static void check(Field owner, List<String> known, PodContext context) {
        boolean hasOne = false;
        for (String name : known) {
            if (!owner.has(name)) {
                continue;
            }
            Field action = owner.child(name);
            if (hasOne) {
                action.forbidden("may not specify more than 1 handler type");
            } else {
                hasOne = true;
                action(name, action, context);
            }
        }
        if (!hasOne) {
            owner.required("must specify a handler type");
        }
    }

    private static void action(String name, Field action, PodContext context) {
        switch (name) {
            case "exec" -> {
                if (action.child("command").isEmpty()) {
                    action.child("command").required("");
                }
            }
            case "httpGet" -> http(action);
            case "tcpSocket" -> AddressRules.portNumberOrName(action.child("port"));
            case "grpc" -> AddressRules.portNumber(action.child("port"));
            default -> sleep(action, context);
        }
    }

    private static void http(Field action) {
        if (action.text("path").isEmpty()) {
            action.child("path").required("");
        }
        AddressRules.portNumberOrName(action.child("port"));
        if (!SCHEMES.contains(action.text("scheme"))) {
            action.child("scheme").notSupported(SCHEMES);
        }
        Field headers = action.child("httpHeaders");
        for (Field header : headers.items()) {
            String name = header.text("name");
            KeyNames.httpHeader(name).forEach(each -> headers.invalidText(name, each));
        }
    }

    private static void sleep(Field action, PodContext context) {
        long seconds = action.child("seconds").number();
        context.graceSeconds()
                .ifPresent(
                        grace -> {
                            if (seconds < 0 || seconds > grace) {
                                action.invalidAs(
                                        Long.toString(seconds),
                                        "must be non-negative and less than"
                                                + " terminationGracePeriodSeconds ("
                                                + grace
                                                + ")");
                            }
                        });
    }
}
