package dev.gantry.state.request;

import static dev.gantry.state.request.Calls.accepted;
import static dev.gantry.state.request.Calls.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.refusal.Refusal;
import dev.gantry.model.request.ApiRequest;
import dev.gantry.model.request.Query;
import dev.gantry.state.definition.Subresource;
import dev.gantry.state.kind.BuiltinKinds;
import org.junit.jupiter.api.Test;

class RoutingTest {
    private static final String POD = "/api/v1/namespaces/a/pods/p";

    private final Calls calls = new Calls();

    private Endpoint endpoint(String method, String path) {
        return accepted(Routing.endpoint(calls.of(method, path, "", "")));
    }

    private Refusal refusal(String method, String path) {
        return refused(Routing.endpoint(calls.of(method, path, "", "")));
    }

    @Test
    void verbsOfObjectsAndOfWhatIsBelowThem() {
        assertThat(endpoint("GET", POD)).isEqualTo(new Endpoint.Get());
        assertThat(endpoint("GET", "/api/v1/pods")).isEqualTo(new Endpoint.List());
        assertThat(endpoint("POST", "/api/v1/namespaces/a/pods"))
                .isEqualTo(new Endpoint.Create());
        assertThat(endpoint("DELETE", "/api/v1/namespaces/a/pods"))
                .isEqualTo(new Endpoint.DeleteCollection());
        assertThat(endpoint("PATCH", POD + "/status")).isInstanceOf(Endpoint.Patch.class);
        assertThat(endpoint("POST", POD + "/eviction"))
                .isEqualTo(new Endpoint.Act(Subresource.Operation.EVICT));
        assertThat(endpoint("POST", POD + "/exec")).isInstanceOf(Endpoint.Connect.class);
        assertThat(endpoint("PUT", "/apis/apps/v1/namespaces/a/deployments/d/scale"))
                .isInstanceOf(Endpoint.UpdateScale.class);
        assertThat(endpoint("POST", "/api/v1/namespaces/a/bindings"))
                .isEqualTo(new Endpoint.Act(Subresource.Operation.BIND));
    }

    @Test
    void whatTheResourceDoesNotDo() {
        assertThat(refusal("POST", POD)).isInstanceOf(Refusal.MethodNotAllowed.class);
        assertThat(refusal("POST", "/api/v1/pods"))
                .as("in no namespace")
                .isInstanceOf(Refusal.MethodNotAllowed.class);
        assertThat(refusal("DELETE", POD + "/status"))
                .isInstanceOf(Refusal.MethodNotAllowed.class);
        assertThat(refusal("GET", POD + "/nothing")).isInstanceOf(Refusal.NoSuchPath.class);
        assertThat(refusal("GET", "/api/v1/namespaces/a/bindings"))
                .isInstanceOf(Refusal.MethodNotAllowed.class);
    }

    @Test
    void pathsThatNameNoResource() {
        for (String path :
                new String[] {
                    "/api/v1/nothings", "/apis/apps/v9/deployments", "/api/v1/namespaces/a/nodes/n"
                }) {
            ApiRequest request = ApiRequest.parse("GET", path, Query.parse(""));
            assertThat(refused(Routing.target(request, BuiltinKinds.CATALOG)))
                    .as(path)
                    .isInstanceOf(Refusal.NoSuchPath.class);
        }
    }
}
