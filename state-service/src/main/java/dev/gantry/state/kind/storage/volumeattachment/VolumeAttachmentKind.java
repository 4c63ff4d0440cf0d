package dev.gantry.state.kind.storage.volumeattachment;

import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.definition.ResourceDefinition;
import dev.gantry.state.table.Column;
import dev.gantry.state.table.PlainPrinter;

/** What the server knows of volumeattachments. */
public final class VolumeAttachmentKind {
    private static final Column ATTACHER =
            new Column("Attacher", "string", "name", "The driver that attaches it.", 0);

    private VolumeAttachmentKind() {}

    /** Compat: an inline volume has no name to be shown. */
    public static ResourceDefinition definition() {
        return ResourceDefinition.of(
                Kinds.VOLUME_ATTACHMENT,
                new VolumeAttachmentStrategy(),
                PlainPrinter.of(
                        (object, row) ->
                                row.add(Resource.text(object.path("spec"), "attacher"))
                                        .add(
                                                object.at("/spec/source/persistentVolumeName")
                                                        .asString(""))
                                        .add(Resource.text(object.path("spec"), "nodeName"))
                                        .add(object.at("/status/attached").asBoolean(false)),
                        ATTACHER,
                        Column.text("PV", "The volume."),
                        Column.text("Node", "The node."),
                        Column.flag("Attached", "Whether it is attached.")));
    }
}
