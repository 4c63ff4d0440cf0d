-- What a person asks the database about most. In the public schema, so that their names need no
-- schema in front.

CREATE VIEW public.pods AS
SELECT namespace,
       name,
       body #>> '{status,phase}' AS phase,
       body #>> '{spec,nodeName}' AS node,
       body #>> '{status,podIP}' AS ip,
       (SELECT count(*) FROM jsonb_path_query(body, '$.status.containerStatuses[*] ? (@.ready == true)'))
           AS ready,
       jsonb_array_length(body #> '{spec,containers}') AS containers,
       (SELECT coalesce(sum((status ->> 'restartCount')::int), 0)
        FROM jsonb_path_query(body, '$.status.containerStatuses[*]') AS status) AS restarts,
       (body #>> '{metadata,creationTimestamp}')::timestamptz AS created,
       (body #>> '{metadata,deletionTimestamp}')::timestamptz AS deleting_since,
       body #> '{metadata,labels}' AS labels,
       uid,
       revision,
       body
FROM gantry.objects
WHERE resource = 'pods';

CREATE VIEW public.nodes AS
SELECT name,
       (SELECT condition ->> 'status'
        FROM jsonb_path_query(body, '$.status.conditions[*] ? (@.type == "Ready")') AS condition
        LIMIT 1) AS ready,
       coalesce((body #>> '{spec,unschedulable}')::boolean, false) AS cordoned,
       (SELECT address ->> 'address'
        FROM jsonb_path_query(body, '$.status.addresses[*] ? (@.type == "InternalIP")') AS address
        LIMIT 1) AS ip,
       body #>> '{spec,podCIDR}' AS pod_cidr,
       body #>> '{status,allocatable,cpu}' AS cpu,
       body #>> '{status,allocatable,memory}' AS memory,
       body #>> '{status,nodeInfo,kubeletVersion}' AS version,
       (body #>> '{metadata,creationTimestamp}')::timestamptz AS created,
       body #> '{metadata,labels}' AS labels,
       uid,
       revision,
       body
FROM gantry.objects
WHERE resource = 'nodes';

CREATE VIEW public.deployments AS
SELECT namespace,
       name,
       coalesce((body #>> '{spec,replicas}')::int, 1) AS replicas,
       coalesce((body #>> '{status,readyReplicas}')::int, 0) AS ready,
       coalesce((body #>> '{status,updatedReplicas}')::int, 0) AS updated,
       coalesce((body #>> '{status,availableReplicas}')::int, 0) AS available,
       jsonb_path_query_array(body, '$.spec.template.spec.containers[*].image') AS images,
       (body #>> '{metadata,creationTimestamp}')::timestamptz AS created,
       body #> '{metadata,labels}' AS labels,
       uid,
       revision,
       body
FROM gantry.objects
WHERE resource = 'deployments.apps';
