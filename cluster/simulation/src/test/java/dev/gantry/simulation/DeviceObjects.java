package dev.gantry.simulation;

import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What there is in a world of devices: a pool, claims for one or more of it, and pods. */
final class DeviceObjects {
    static final String RESOURCE = "example.com/gpu";

    private DeviceObjects() {}

    static String slice(int count) {
        List<String> devices = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            devices.add(
                    """
                    {'name':'d%d','bindsToNode':true,'bindingConditions':['Attached'],
                     'bindingFailureConditions':['Broken']}
                    """
                            .formatted(i));
        }
        return """
        {'metadata':{'name':'fabric'},'spec':{'driver':'gpu.example.com','allNodes':true,
         'pool':{'name':'fabric','generation':1,'resourceSliceCount':1},'devices':[%s]}}
        """
                .formatted(String.join(",", devices));
    }

    /** The first devices need not be attached. */
    static Resource withSimpleDevices(Resource slice) {
        Resource next = slice.copy();
        ArrayNode devices = (ArrayNode) next.spec().path("devices");
        devices.insertObject(0).put("name", "s1");
        devices.insertObject(0).put("name", "s0");
        return next;
    }

    /** What the claim was given of devices that are attached to a node. */
    static List<JsonNode> attachedOnes(Resource claim) {
        return claim.status()
                .at("/allocation/devices/results")
                .valueStream()
                .filter(each -> each.has("bindingConditions"))
                .toList();
    }

    /** What the driver says of it. */
    static JsonNode reportOn(JsonNode result, Resource claim) {
        return claim.status()
                .path("devices")
                .valueStream()
                .filter(each -> each.path("device").equals(result.path("device")))
                .findFirst()
                .orElse(JsonNodeFactory.instance.missingNode());
    }

    static String claim(String name, int count) {
        return """
        {'apiVersion':'resource.k8s.io/v1','kind':'ResourceClaim',
         'metadata':{'name':'%s','namespace':'default'},
         'spec':{'devices':{'requests':[{'name':'r',
           'exactly':{'deviceClassName':'gpu','count':%d}}]}},'status':{}}
        """
                .formatted(name, count);
    }

    static String pod(String name, String claim) {
        return """
        {'apiVersion':'v1','kind':'Pod','metadata':{'name':'%s','namespace':'default'},
         'spec':{'schedulerName':'default-scheduler',
           'resourceClaims':[{'name':'gpu','resourceClaimName':'%s'}],
           'containers':[{'name':'c','image':'v1','resources':{'requests':{'cpu':'500m'}}}]}}
        """
                .formatted(name, claim);
    }

    /** Of one that asks for an extended resource. */
    static String podFor(String name) {
        return """
        {'apiVersion':'v1','kind':'Pod','metadata':{'name':'%s','namespace':'default'},
         'spec':{'schedulerName':'default-scheduler',
           'containers':[{'name':'c','image':'v1',
             'resources':{'requests':{'cpu':'500m'},'limits':{'%s':'1'}}}]}}
        """
                .formatted(name, RESOURCE);
    }

    static ObjectNode report(JsonNode result, String condition) {
        ObjectNode device = JsonNodeFactory.instance.objectNode();
        for (String name : List.of("driver", "pool", "device")) {
            device.set(name, result.path(name));
        }
        device.putArray("conditions")
                .addObject()
                .put("type", condition)
                .put("status", "True")
                .put("reason", "Told")
                .put("lastTransitionTime", "2026-01-01T00:00:00Z");
        return device;
    }

    static Resource object(String json) {
        return new Resource((ObjectNode) JsonMapper.shared().readTree(json.replace('\'', '"')));
    }
}
