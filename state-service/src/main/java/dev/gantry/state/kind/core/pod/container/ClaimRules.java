package dev.gantry.state.kind.core.pod.container;

import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.GoStruct;
import dev.gantry.state.validation.Names;
import java.util.Set;
import java.util.TreeSet;

/** The resource claims of a pod, and references to them. */
public final class ClaimRules {
    private ClaimRules() {}

    public static void check(Field claims) {
        Set<String> names = new TreeSet<>();
        for (Field claim : claims.items()) {
            Field name = claim.child("name");
            if (name.isEmpty()) {
                name.required("");
            } else if (!names.add(name.text())) {
                name.duplicate();
            } else {
                name.invalidFor(Names.dnsLabel(name.text()));
            }
            source(claim);
        }
    }

    private static void source(Field claim) {
        Field direct = claim.child("resourceClaimName");
        Field template = claim.child("resourceClaimTemplateName");
        if (direct.isSet() && template.isSet()) {
            claim.invalidAs(
                    written(claim),
                    "at most one of `resourceClaimName` or `resourceClaimTemplateName` may be"
                            + " specified");
        }
        if (!direct.isSet() && !template.isSet()) {
            claim.invalidAs(
                    written(claim),
                    "must specify one of: `resourceClaimName`, `resourceClaimTemplateName`");
        }
        for (Field name : new Field[] {direct, template}) {
            if (name.isSet()) {
                name.invalidFor(Names.dnsSubdomain(name.text()));
            }
        }
    }

    private static String written(Field claim) {
        return new GoStruct(claim.value())
                .text("Name", "name")
                .value("ResourceClaimName", "resourceClaimName")
                .value("ResourceClaimTemplateName", "resourceClaimTemplateName")
                .toString();
    }

    /** The claims that one container uses. */
    public static void references(Field claims, PodContext context) {
        Set<String> names = new TreeSet<>();
        for (Field claim : claims.items()) {
            String name = claim.text("name");
            if (name.isEmpty()) {
                claim.required("");
                continue;
            }
            unique(claim, name, names);
            if (!context.claims().contains(name)) {
                String known =
                        context.claims().isEmpty()
                                ? " which is empty"
                                : ": " + String.join(", ", context.claims());
                claim.notFound(name, "must be one of the names in pod.spec.resourceClaims" + known);
            }
        }
    }

    private static void unique(Field claim, String name, Set<String> names) {
        if (names.contains(name)) {
            claim.duplicateText(name);
            return;
        }
        Field request = claim.child("request");
        String key = request.isEmpty() ? name : name + "/" + request.text();
        if (!request.isEmpty()) {
            request.invalidFor(Names.dnsLabel(request.text()));
        }
        boolean isOverlapping =
                request.isEmpty() && names.stream().anyMatch(each -> each.startsWith(name + "/"));
        if (names.contains(key)) {
            claim.duplicateText(key);
        } else if (isOverlapping) {
            claim.duplicateText(name);
        }
        names.add(key);
    }
}
