package dev.gantry.state.kind.storage.volumeattachment;

import dev.gantry.state.kind.core.persistentvolume.InlineVolumeRules;
import dev.gantry.state.validation.DriverNames;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.Names;

/** Compat: {@code ValidateVolumeAttachment}. */
final class VolumeAttachmentRules {
    private static final String ONE_SOURCE =
            "must specify exactly one of inlineVolumeSpec and persistentVolumeName";

    private VolumeAttachmentRules() {}

    static void check(Field spec) {
        Field attacher = spec.child("attacher");
        if (attacher.isEmpty()) {
            attacher.required("");
        } else {
            DriverNames.check(attacher);
        }
        Field source = spec.child("source");
        Field name = source.child("persistentVolumeName");
        source(source, name);
        Field node = spec.child("nodeName");
        Names.dnsSubdomain(node.text()).forEach(each -> node.invalidText(node.text(), each));
        if (name.isSet()) {
            name.invalidFor(Names.dnsSubdomain(name.text()));
        }
    }

    private static void source(Field source, Field name) {
        Field inline = source.child("inlineVolumeSpec");
        if (!inline.isSet() && !name.isSet()) {
            source.required(ONE_SOURCE);
        } else if (inline.isSet() && name.isSet()) {
            source.forbidden(ONE_SOURCE);
        } else if (inline.isSet()) {
            InlineVolumeRules.check(inline);
        } else if (name.isEmpty()) {
            name.required("must specify non empty persistentVolumeName");
        }
    }
}
