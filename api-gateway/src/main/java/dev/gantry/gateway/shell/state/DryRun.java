package dev.gantry.gateway.shell.state;

import dev.gantry.model.exchange.ApiBackend;
import dev.gantry.model.exchange.ApiCall;
import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.meta.Resource;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a write would store, whatever the format of its body: nothing is stored. */
public sealed interface DryRun {
    record Stores(Resource object) implements DryRun {}

    /** The write itself would be answered so. */
    record Refused(ApiReply reply) implements DryRun {}

    static DryRun of(ApiCall call, ApiBackend backend) {
        SortedMap<String, String> headers = new TreeMap<>(call.headers());
        headers.put("accept", "application/json");
        String query = call.query().isEmpty() ? "dryRun=All" : call.query() + "&dryRun=All";
        ApiReply tried =
                backend.serve(
                        new ApiCall(
                                call.method(),
                                call.path(),
                                query,
                                headers,
                                call.body(),
                                call.caller()));
        boolean wouldStore = tried instanceof ApiReply.Whole && tried.code() < 300;
        if (wouldStore
                && tried instanceof ApiReply.Whole whole
                && JsonMapper.shared().readTree(whole.body()) instanceof ObjectNode object) {
            return new Stores(new Resource(object));
        }
        return new Refused(tried);
    }
}
