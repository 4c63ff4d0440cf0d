package dev.gantry.state.bootstrap;

import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.state.kind.flowcontrol.flowschema.MandatorySchemas;
import dev.gantry.state.kind.flowcontrol.prioritylevelconfiguration.MandatoryLevels;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Levels and schemas without which flow control has no meaning. */
final class FlowControlObjects {
    private FlowControlObjects() {}

    static List<WantedObject> all() {
        List<WantedObject> wanted = new ArrayList<>();
        for (String name : MandatoryLevels.NAMES) {
            wanted.add(of(Kinds.PRIORITY_LEVEL_CONFIGURATION, name, MandatoryLevels.specOf(name)));
        }
        for (String name : MandatorySchemas.NAMES) {
            wanted.add(of(Kinds.FLOW_SCHEMA, name, MandatorySchemas.specOf(name)));
        }
        return wanted;
    }

    /** Compat: the annotation says that the server itself keeps the object up to date. */
    private static WantedObject of(Kind kind, String name, ObjectNode spec) {
        ObjectNode object = ClusterPlan.object(kind, "", name);
        ObjectNode metadata = (ObjectNode) object.path("metadata");
        metadata.putObject("annotations").put("apf.kubernetes.io/autoupdate-spec", "true");
        object.set("spec", spec);
        return new WantedObject(kind, object, Set.of());
    }
}
