package dev.gantry.controller.workload.statefulset;

import dev.gantry.controller.simulated.SimulatedApi;
import dev.gantry.model.meta.Resource;

/** A StatefulSet as the API would have stored it. */
final class StatefulSetObjects {
    private StatefulSetObjects() {}

    static Resource set(int replicas, String more) {
        String rolling =
                more.contains("updateStrategy")
                        ? ""
                        : "'updateStrategy':{'type':'RollingUpdate','rollingUpdate':{'partition':0}},";
        return SimulatedApi.object(
                """
                {'apiVersion':'apps/v1','kind':'StatefulSet',
                 'metadata':{'name':'db','namespace':'default'},
                 'spec':{'replicas':%d,'serviceName':'svc',%s%s
                   'selector':{'matchLabels':{'app':'db'}},
                   'template':{'metadata':{'labels':{'app':'db'}},
                     'spec':{'containers':[{'name':'c','image':'i'}]}}},'status':{}}
                """
                        .formatted(replicas, rolling, more));
    }
}
