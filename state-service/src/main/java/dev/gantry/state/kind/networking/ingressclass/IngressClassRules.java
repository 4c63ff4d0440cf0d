package dev.gantry.state.kind.networking.ingressclass;

import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.Names;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** Compat: {@code validateIngressClassSpec}. */
final class IngressClassRules {
    private static final int MOST_BYTES = 250;
    private static final List<String> SCOPES = List.of("Cluster", "Namespace");
    private static final String PATH = "[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+";
    private static final Pattern PATH_PATTERN = Pattern.compile(PATH);

    private IngressClassRules() {}

    static void check(Field spec) {
        Field controller = spec.child("controller");
        if (controller.text().getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            controller.tooLong(MOST_BYTES);
        }
        controller(controller);
        parameters(spec.child("parameters"));
    }

    /** Compat: {@code IsDomainPrefixedPath}. */
    private static void controller(Field controller) {
        String text = controller.text();
        if (text.isEmpty()) {
            controller.required("");
            return;
        }
        int slash = text.indexOf('/');
        if (slash <= 0 || slash == text.length() - 1) {
            controller.invalid("must be a domain-prefixed path (such as \"acme.io/foo\")");
            return;
        }
        String host = text.substring(0, slash);
        Names.dnsSubdomain(host).forEach(each -> controller.invalidText(host, each));
        String path = text.substring(slash + 1);
        if (!PATH_PATTERN.matcher(path).matches()) {
            controller.invalidText(
                    path, "Invalid path (regex used for validation is '" + PATH + "')");
        }
    }

    private static void parameters(Field parameters) {
        if (!parameters.isSet()) {
            return;
        }
        Field group = parameters.child("apiGroup");
        if (group.isSet()) {
            group.invalidFor(Names.dnsSubdomain(group.text()));
        }
        segment(parameters.child("kind"));
        segment(parameters.child("name"));
        scope(parameters.child("scope"), parameters.child("namespace"));
    }

    private static void segment(Field field) {
        if (field.isEmpty()) {
            field.required("");
        } else {
            field.invalidFor(Names.pathSegment(field.text()));
        }
    }

    private static void scope(Field scope, Field namespace) {
        switch (scope.text()) {
            case "Namespace" -> {
                if (!namespace.isSet()) {
                    namespace.required("`parameters.scope` is set to 'Namespace'");
                } else {
                    namespace.invalidFor(Names.dnsLabel(namespace.text()));
                }
            }
            case "Cluster" -> {
                if (namespace.isSet()) {
                    namespace.forbidden("`parameters.scope` is set to 'Cluster'");
                }
            }
            default -> scope.notSupportedText(scope.text(), SCOPES);
        }
    }
}
