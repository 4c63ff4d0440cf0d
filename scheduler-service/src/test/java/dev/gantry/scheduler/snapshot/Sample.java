package dev.gantry.scheduler.snapshot;

import dev.gantry.model.meta.Resource;
import dev.gantry.scheduler.snapshot.node.NodeFacts;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import dev.gantry.scheduler.snapshot.pod.PodSighting;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Objects for tests, written as in a manifest. */
public final class Sample {
    private static final JsonMapper JSON = JsonMapper.shared();

    private Sample() {}

    public static Resource object(String json) {
        return new Resource((ObjectNode) JSON.readTree(json.replace('\'', '"')));
    }

    public static Resource pod(String name, String cpu, String memory, String moreSpec) {
        return object(
                """
                {'apiVersion':'v1','kind':'Pod',
                 'metadata':{'name':'%s','namespace':'default','uid':'uid-%s','resourceVersion':'7',
                   'creationTimestamp':'2026-01-01T00:00:00Z'},
                 'spec':{'schedulerName':'default-scheduler','containers':[{'name':'c',
                   'resources':{'requests':{'cpu':'%s','memory':'%s'}}}]%s},
                 'status':{'phase':'Pending'}}
                """
                        .formatted(name, name, cpu, memory, moreSpec));
    }

    public static PodInfo podInfo(String name, String cpu, String memory, String moreSpec) {
        return PodSighting.of(pod(name, cpu, memory, moreSpec)).info();
    }

    public static Resource node(String name, String cpu, String memory, String spec) {
        return object(
                """
                {'apiVersion':'v1','kind':'Node',
                 'metadata':{'name':'%s','labels':{'kubernetes.io/hostname':'%s','zone':'z1'}},
                 'spec':{%s},
                 'status':{'allocatable':{'cpu':'%s','memory':'%s','pods':'110'}}}
                """
                        .formatted(name, name, spec, cpu, memory));
    }

    public static NodeFacts facts(String name, String cpu, String memory, String spec) {
        return NodeFacts.of(node(name, cpu, memory, spec));
    }
}
