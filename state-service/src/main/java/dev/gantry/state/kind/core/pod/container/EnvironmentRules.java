package dev.gantry.state.kind.core.pod.container;

import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.KeyNames;
import dev.gantry.state.validation.Names;
import java.util.Map;
import java.util.TreeMap;

/** Environment variables and where their values come from. */
public final class EnvironmentRules {
    private EnvironmentRules() {}

    static void variables(Field variables) {
        for (Field variable : variables.items()) {
            Field name = variable.child("name");
            if (name.isEmpty()) {
                name.required("");
            } else {
                name.invalidFor(KeyNames.environmentVariable(name.text()));
            }
            if (variable.has("valueFrom")) {
                valueFrom(variable);
            }
        }
    }

    private static void valueFrom(Field variable) {
        Field from = variable.child("valueFrom");
        int sources = 0;
        if (from.has("fieldRef")) {
            sources++;
            FieldReferenceRules.forVariable(from.child("fieldRef"));
        }
        if (from.has("resourceFieldRef")) {
            sources++;
            FieldReferenceRules.resource(from.child("resourceFieldRef"), false);
        }
        for (String reference : new String[] {"configMapKeyRef", "secretKeyRef"}) {
            if (from.has(reference)) {
                sources++;
                keyOf(from.child(reference));
            }
        }
        if (from.has("fileKeyRef")) {
            sources++;
            fileKey(from.child("fileKeyRef"));
        }
        if (sources == 0) {
            from.invalidText(
                    "",
                    "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`,"
                            + " `secretKeyRef` or `fileKeyRef`");
        } else if (!variable.text("value").isEmpty()) {
            from.invalidText("", "may not be specified when `value` is not empty");
        } else if (sources > 1) {
            from.invalidText("", "may not have more than one field specified at a time");
        }
    }

    private static void keyOf(Field reference) {
        Field name = reference.child("name");
        name.invalidFor(Names.dnsSubdomain(name.text()));
        Field key = reference.child("key");
        if (key.isEmpty()) {
            key.required("");
        } else {
            key.invalidFor(KeyNames.configKey(key.text()));
        }
    }

    private static void fileKey(Field reference) {
        Field key = reference.child("key");
        if (key.isEmpty()) {
            key.required("");
        } else {
            key.invalidFor(KeyNames.environmentVariable(key.text()));
        }
        Field volume = reference.child("volumeName");
        if (volume.isEmpty()) {
            volume.required("");
        } else {
            volume.invalidFor(Names.dnsLabel(volume.text()));
        }
        Field path = reference.child("path");
        if (path.isEmpty()) {
            path.required("");
        } else {
            PathRules.noBacksteps(path);
        }
    }

    /** Compat: {@code validateFileKeyRefVolumes}, the last of all rules. */
    public static void fileVolumes(Field spec) {
        Map<String, Field> volumes = new TreeMap<>();
        spec.child("volumes").items().forEach(each -> volumes.put(each.text("name"), each));
        for (Field container : Containers.all(spec)) {
            for (Field variable : container.child("env").items()) {
                Field reference = variable.child("valueFrom", "fileKeyRef");
                if (reference.isSet()) {
                    fileVolume(reference.child("volumeName"), volumes);
                }
            }
        }
    }

    private static void fileVolume(Field name, Map<String, Field> volumes) {
        Field volume = volumes.get(name.text());
        if (volume == null) {
            name.notFoundText();
        } else if (!volume.has("emptyDir")) {
            name.invalidText(name.text(), "referenced volume must be of type emptyDir");
        }
    }

    /** Compat: what is wrong with the number of sources is reported at the list. */
    static void sources(Field list) {
        for (Field source : list.items()) {
            Field prefix = source.child("prefix");
            if (!prefix.isEmpty()) {
                prefix.invalidFor(KeyNames.environmentVariable(prefix.text()));
            }
            int sources = 0;
            for (String reference : new String[] {"configMapRef", "secretRef"}) {
                if (source.has(reference)) {
                    sources++;
                    name(source.child(reference, "name"));
                }
            }
            if (sources == 0) {
                list.invalidText("", "must specify one of: `configMapRef` or `secretRef`");
            } else if (sources > 1) {
                list.invalidText("", "may not have more than one field specified at a time");
            }
        }
    }

    /** Compat: checked as a prefix, so that a dash at the end passes. */
    private static void name(Field name) {
        if (name.isEmpty()) {
            name.required("");
        } else {
            name.invalidFor(Names.dnsSubdomain(Names.maskTrailingDash(name.text())));
        }
    }
}
