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

    private ApiOperation operation(String method, String path) {
        return accepted(Routing.operation(calls.of(method, path, "", "")));
    }

    private Refusal refusal(String method, String path) {
        return refused(Routing.operation(calls.of(method, path, "", "")));
    }

    @Test
    void verbsOfObjectsAndOfWhatIsBelowThem() {
        assertThat(operation("GET", POD)).isEqualTo(new ApiOperation.Get());
        assertThat(operation("GET", "/api/v1/pods")).isEqualTo(new ApiOperation.List());
        assertThat(operation("POST", "/api/v1/namespaces/a/pods"))
                .isEqualTo(new ApiOperation.Create());
        assertThat(operation("DELETE", "/api/v1/namespaces/a/pods"))
                .isEqualTo(new ApiOperation.DeleteCollection());
        assertThat(operation("PATCH", POD + "/status")).isInstanceOf(ApiOperation.Patch.class);
        assertThat(operation("POST", POD + "/eviction"))
                .isEqualTo(new ApiOperation.Act(Subresource.Operation.EVICT));
        assertThat(operation("POST", POD + "/exec")).isInstanceOf(ApiOperation.Connect.class);
        assertThat(operation("PUT", "/apis/apps/v1/namespaces/a/deployments/d/scale"))
                .isInstanceOf(ApiOperation.UpdateScale.class);
        assertThat(operation("POST", "/api/v1/namespaces/a/bindings"))
                .isEqualTo(new ApiOperation.Act(Subresource.Operation.BIND));
    }

    @Test
    void whatTheResourceDoesNotDo() {
        assertThat(refusal("POST", POD)).isInstanceOf(Refusal.NoSuchMethod.class);
        assertThat(refusal("POST", "/api/v1/pods"))
                .as("in no namespace")
                .isInstanceOf(Refusal.NoSuchMethod.class);
        assertThat(refusal("DELETE", POD + "/status")).isInstanceOf(Refusal.NoSuchMethod.class);
        assertThat(refusal("GET", POD + "/nothing")).isInstanceOf(Refusal.NoSuchPath.class);
        assertThat(refusal("GET", "/api/v1/namespaces/a/bindings"))
                .isInstanceOf(Refusal.NoSuchMethod.class);
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
