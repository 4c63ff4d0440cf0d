package dev.gantry.cli.cluster;

import dev.gantry.model.meta.Resource;
import dev.gantry.scheduler.placement.profile.Profiles;
import dev.gantry.scheduler.placement.profile.PublishedProfiles;
import java.time.Instant;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Objects for tests, written as in a manifest with single quotes. */
public final class Sample {
    public static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    /** Those of a scheduler that nothing was configured for. */
    public static final Profiles PROFILES = PublishedProfiles.DEFAULT.profiles();

    private Sample() {}

    public static Resource object(String json) {
        return new Resource((ObjectNode) JsonMapper.shared().readTree(json.replace('\'', '"')));
    }

    /** A node of so many cpus, each with 4Gi; {@code spec} are fields such as taints. */
    public static Resource node(String name, int cpu, String spec) {
        return node(name, cpu, spec, "");
    }

    public static Resource node(String name, int cpu, String spec, String labels) {
        return object(
                """
                {'apiVersion':'v1','kind':'Node',
                 'metadata':{'name':'%s','labels':{'kubernetes.io/hostname':'%s'%s}},
                 'spec':{%s},
                 'status':{'allocatable':{'cpu':'%d','memory':'%dGi','pods':'10'}}}
                """
                        .formatted(name, name, labels, spec, cpu, 4 * cpu));
    }

    /** A pod that waits; {@code spec} are further fields, each with a comma before it. */
    public static Resource pod(String name, String cpu, String spec) {
        return object(
                """
                {'apiVersion':'v1','kind':'Pod',
                 'metadata':{'name':'%s','namespace':'default','uid':'uid-%s','labels':{'app':'%s'},
                   'resourceVersion':'7','creationTimestamp':'2026-01-01T00:00:00Z'},
                 'spec':{'schedulerName':'default-scheduler','containers':[{'name':'c',
                   'resources':{'requests':{'cpu':'%s','memory':'100Mi'}}}]%s},
                 'status':{'phase':'Pending'}}
                """
                        .formatted(name, name, name.replaceAll("-.*", ""), cpu, spec));
    }

    public static Resource podOn(String node, String name, String cpu, int priority) {
        return pod(name, cpu, ",'nodeName':'%s','priority':%d".formatted(node, priority));
    }
}
