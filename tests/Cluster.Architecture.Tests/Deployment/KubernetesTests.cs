using System.Diagnostics;
using SearchCluster.TestKit.Deployment;

namespace SearchCluster.Architecture.Tests.Deployment;

/// <summary>The objects of <c>deploy/kubernetes</c> fit each other; no cluster is there to take them.</summary>
public sealed class KubernetesTests
{
    private static readonly IReadOnlyList<KubernetesNode> Objects = KubernetesFiles.Read();

    [Fact]
    public void Every_file_is_named_by_the_kustomization() => KubernetesFiles.Names().ShouldBe(
        KubernetesFiles.Kustomization().List("resources").Select(file => file.Text).Append("kustomization.yaml"), ignoreOrder: true);

    [Fact]
    public void All_objects_are_of_the_kinds_that_are_documented() => Objects
        .Select(one => $"{one["kind"].Text}/{one["metadata", "name"].Text}")
        .ShouldBe(
        [
            "Namespace/searchcluster", "Service/coordinator", "StatefulSet/coordinator", "Deployment/worker", "NetworkPolicy/nobody",
            "NetworkPolicy/members",
        ]);

    [Fact]
    public void The_coordinator_listens_on_the_name_and_the_ports_that_its_service_gives_it()
    {
        var (service, set) = (Find("Service"), Find("StatefulSet"));
        var container = set["spec", "template", "spec", "containers", 0];
        var arguments = container.List("args").Select(argument => argument.Text).ToList();
        var name = $"{set["metadata", "name"].Text}-0.{service["metadata", "name"].Text}";

        arguments[0].ShouldBe("launch");
        arguments[arguments.IndexOf("--listen") + 1].ShouldBe(name);
        set["spec", "serviceName"].Text.ShouldBe(service["metadata", "name"].Text);
        set["spec", "replicas"].Text.ShouldBe("1");
        service.List("spec", "ports").Select(port => (port["name"].Text, port["port"].Text)).ShouldBe(
            container.List("ports").Select(port => (port["name"].Text, port["containerPort"].Text)));
        foreach (var probe in new[] { "startupProbe", "livenessProbe" })
        {
            var call = container[probe, "httpGet"];
            (call["scheme"].Text, call["path"].Text, call["httpHeaders", 0, "value"].Text).ShouldBe(("HTTPS", "/healthz/live", name));
            call["port"].Text.ShouldBe("https");
        }
    }

    [Fact]
    public void Selectors_and_policies_name_the_labels_of_the_pods()
    {
        foreach (var kind in new[] { "StatefulSet", "Deployment" })
        {
            var set = Find(kind);
            var label = set["spec", "template", "metadata", "labels", "app"].Text;

            label.ShouldBe(set["metadata", "name"].Text);
            set["spec", "selector", "matchLabels", "app"].Text.ShouldBe(label);
            Objects[^1].List("spec", "podSelector", "matchExpressions", 0, "values").Select(value => value.Text).ShouldContain(label);
        }

        Find("Service")["spec", "selector", "app"].Text.ShouldBe("coordinator");
    }

    [Fact]
    public void Pods_have_no_rights_and_write_only_where_they_must()
    {
        foreach (var kind in new[] { "StatefulSet", "Deployment" })
        {
            var pod = Find(kind)["spec", "template", "spec"];
            var container = pod["containers", 0];

            pod["automountServiceAccountToken"].Text.ShouldBe("false");
            pod["securityContext", "runAsUser"].Text.ShouldBe("1654");
            container["securityContext", "readOnlyRootFilesystem"].Text.ShouldBe("true");
            container["securityContext", "allowPrivilegeEscalation"].Text.ShouldBe("false");
            container.List("volumeMounts").Select(mount => mount["mountPath"].Text).ShouldBe(["/state", "/tmp"]);
            int.Parse(pod["terminationGracePeriodSeconds"].Text, null).ShouldBeGreaterThan(30);
        }
    }

    [Fact]
    public void A_worker_joins_with_the_line_of_the_secret_that_the_page_makes()
    {
        var container = Find("Deployment")["spec", "template", "spec", "containers", 0];
        var secret = container.List("env").Single(variable => variable["name"].Text == "SEARCHCLUSTER_JOIN")["valueFrom", "secretKeyRef"];

        container["args", 0].Text.ShouldBe("join");
        container["resources", "limits", "nvidia.com/gpu"].Text.ShouldBe("1");
        RepositoryFiles.Text("deploy/README.md").ShouldContain(
            $"create secret generic {secret["name"].Text} --from-file={secret["key"].Text} ");
    }

    [Fact]
    public async Task Kustomize_makes_objects_of_the_base()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/kubectl"), "kubectl is not installed");
        var start = new ProcessStartInfo("kubectl", ["kustomize", RepositoryFiles.PathOf("deploy/kubernetes")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var made = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        process.ExitCode.ShouldBe(0, await error);
        made.Split("\n---\n").Length.ShouldBe(Objects.Count);
        made.ShouldContain("image: searchcluster:latest");
    }

    private static KubernetesNode Find(string kind) => Objects.Single(one => one["kind"].Text == kind);
}
