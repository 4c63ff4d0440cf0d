package dev.gantry.agent.shell.http;

import dev.gantry.agent.shell.volume.LocalVolumes;
import dev.gantry.agent.stream.RequestHead;
import java.io.IOException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Deletes the folder of a volume that this node holds, once the volume is released.
 *
 * <p>Takes DELETE alone: many may read a node through its proxy, and none of them deletes data.
 */
final class LocalVolumeRoute {
    private final LocalVolumes volumes;

    LocalVolumeRoute(LocalVolumes volumes) {
        this.volumes = volumes;
    }

    void serve(Exchange exchange, RequestHead request) throws IOException, Refused {
        if (!exchange.method().equals("DELETE")) {
            throw new Refused(405, "only DELETE is allowed here");
        }
        try {
            volumes.delete(request.path().get(1));
        } catch (IOException fault) {
            throw new Refused(500, String.valueOf(fault.getMessage()));
        }
        ObjectNode done = JsonNodeFactory.instance.objectNode();
        done.put("kind", "Status").put("apiVersion", "v1").put("status", "Success");
        exchange.reply(200, "application/json", JsonMapper.shared().writeValueAsBytes(done));
    }
}
