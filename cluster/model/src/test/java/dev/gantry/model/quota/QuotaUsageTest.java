package dev.gantry.model.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Compat: {@code pkg/quota/v1/evaluator/core}. */
class QuotaUsageTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:10:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "configmaps | {} | {configmaps=1, count/configmaps=1}",
                "deployments.apps | {} | {count/deployments.apps=1}",
                "services | {'spec':{'type':'ClusterIP','ports':[{}]}}"
                        + " | {count/services=1, services=1, services.loadbalancers=0,"
                        + " services.nodeports=0}",
                "services | {'spec':{'type':'NodePort','ports':[{},{}]}}"
                        + " | {count/services=1, services=1, services.loadbalancers=0,"
                        + " services.nodeports=2}",
                "services | {'spec':{'type':'LoadBalancer','allocateLoadBalancerNodePorts':false,"
                        + "'ports':[{'nodePort':30000},{}]}}"
                        + " | {count/services=1, services=1, services.loadbalancers=1,"
                        + " services.nodeports=1}",
                "persistentvolumeclaims | {'spec':{'storageClassName':'fast',"
                        + "'resources':{'requests':{'storage':'1Gi'}}}}"
                        + " | {count/persistentvolumeclaims=1,"
                        + " fast.storageclass.storage.k8s.io/persistentvolumeclaims=1,"
                        + " fast.storageclass.storage.k8s.io/requests.storage=1Gi,"
                        + " persistentvolumeclaims=1, requests.storage=1Gi}",
                "pods | {'spec':{'containers':[{'resources':{'requests':{'cpu':'500m',"
                        + "'example.com/gpu':'2'},'limits':{'cpu':'1'}}}]}}"
                        + " | {count/pods=1, cpu=500m, limits.cpu=1, pods=1, requests.cpu=500m,"
                        + " requests.example.com/gpu=2}",
                "pods | {'spec':{'containers':[{'name':'a','resources':{'requests':{'cpu':'1'}}}]},"
                        + "'status':{'containerStatuses':[{'name':'a',"
                        + "'resources':{'requests':{'cpu':'2'}}}]}}"
                        + " | {count/pods=1, cpu=2, pods=1, requests.cpu=2}",
                "resourceclaims.resource.k8s.io | {'spec':{'devices':{'requests':["
                        + "{'exactly':{'deviceClassName':'gpu','allocationMode':'ExactCount',"
                        + "'count':2}},"
                        + "{'exactly':{'deviceClassName':'nic','allocationMode':'All'}},"
                        + "{'firstAvailable':["
                        + "{'deviceClassName':'gpu','allocationMode':'ExactCount','count':1},"
                        + "{'deviceClassName':'gpu','allocationMode':'ExactCount','count':3},"
                        + "{'deviceClassName':'cpu','allocationMode':'ExactCount','count':4}]}]}}}"
                        + " | {count/resourceclaims.resource.k8s.io=1,"
                        + " cpu.deviceclass.resource.k8s.io/devices=4,"
                        + " gpu.deviceclass.resource.k8s.io/devices=5,"
                        + " nic.deviceclass.resource.k8s.io/devices=32}",
                "pods | {'status':{'phase':'Succeeded'}} | {count/pods=1}",
                "pods | {'metadata':{'deletionTimestamp':'2026-01-01T00:00:00Z',"
                        + "'deletionGracePeriodSeconds':30}} | {count/pods=1}",
                "pods | {'metadata':{'deletionTimestamp':'2026-01-01T00:09:50Z',"
                        + "'deletionGracePeriodSeconds':30}} | {count/pods=1, pods=1}",
            })
    void takesWhatUpstreamCounts(String resource, String object, String expected) {
        int dot = resource.indexOf('.');
        GroupResource name =
                dot < 0
                        ? new GroupResource("", resource)
                        : new GroupResource(
                                resource.substring(dot + 1), resource.substring(0, dot));
        assertThat(QuotaUsage.of(name, new Resource(tree(object)), NOW)).hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "pods | {} | {} | true",
                "pods | {'scopes':['BestEffort']} | {'containers':[{}]} | true",
                "pods | {'scopes':['NotBestEffort']} | {'containers':[{}]} | false",
                "pods | {'scopes':['Terminating']} | {'activeDeadlineSeconds':5} | true",
                "pods | {'scopes':['Terminating']} | {} | false",
                "pods | {'scopes':['NotTerminating','BestEffort']} | {'containers':[{}]} | true",
                "pods | {'scopeSelector':{'matchExpressions':[{'scopeName':'PriorityClass',"
                        + "'operator':'In','values':['high']}]}}"
                        + " | {'priorityClassName':'high'} | true",
                "pods | {'scopeSelector':{'matchExpressions':[{'scopeName':'PriorityClass',"
                        + "'operator':'In','values':['high']}]}} | {} | false",
                "pods | {'scopeSelector':{'matchExpressions':[{'scopeName':'PriorityClass',"
                        + "'operator':'NotIn','values':['high']}]}} | {} | true",
                "pods | {'scopeSelector':{'matchExpressions':[{'scopeName':'PriorityClass',"
                        + "'operator':'DoesNotExist'}]}} | {} | true",
                "pods | {'scopes':['CrossNamespacePodAffinity']} | {'affinity':{'podAntiAffinity':"
                        + "{'preferredDuringSchedulingIgnoredDuringExecution':[{'podAffinityTerm':"
                        + "{'namespaces':['a']}}]}}} | true",
                "persistentvolumeclaims | {'scopeSelector':{'matchExpressions':[{'scopeName':"
                        + "'VolumeAttributesClass','operator':'Exists'}]}}"
                        + " | {'volumeAttributesClassName':'fast'} | true",
                "services | {'scopes':['BestEffort']} | {} | false",
                "services | {} | {} | true",
            })
    void scopesSayWhatIsCounted(String resource, String quota, String spec, boolean expected) {
        ObjectNode object = tree("{}");
        object.set("spec", tree(spec));
        assertThat(
                        QuotaScopes.count(
                                tree(quota), new GroupResource("", resource), new Resource(object)))
                .isEqualTo(expected);
    }

    private static ObjectNode tree(String json) {
        return (ObjectNode) JsonMapper.shared().readTree(json.replace('\'', '"'));
    }
}
