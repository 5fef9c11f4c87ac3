using Microsoft.Extensions.Configuration;
using SearchCluster.GpuWorker.Hosting;
using SearchCluster.GpuWorker.Options;
using SearchCluster.TestKit.Deployment;

namespace SearchCluster.Architecture.Tests.Deployment;

/// <summary>What <c>deploy/</c> tells the workers, read by the worker's own parser.</summary>
public sealed class WorkerDeploymentTests
{
    [Theory]
    [InlineData("worker-cpu", "cpu")]
    [InlineData("worker-gpu-0", "cuda")]
    public void A_compose_service_starts_on_the_shared_folder(string service, string device)
    {
        var compose = ComposeFile.Read().Services[service];

        var options = Read([.. compose.Command], compose.Environment);

        options.Device.ShouldBe(device);
        options.StateFolder.Root.ShouldBe("/state");
        options.Validate();
    }

    [Fact]
    public void The_unit_insists_on_its_gpu()
    {
        var unit = UnitFile.Read(UnitFile.Worker);

        var options = Read(
            [.. unit.Arguments],
            unit.Environment.ToDictionary(pair => pair.Key, pair => pair.Value.Replace("%S", "/var/lib", StringComparison.Ordinal)));

        options.Device.ShouldBe("cuda");
        options.StateFolder.Root.ShouldBe("/var/lib/searchcluster");
        options.Validate();
    }

    [Fact]
    public void The_documented_change_for_a_machine_without_gpu_is_understood()
    {
        var commands = RepositoryFiles.Text("deploy/README.md").Split('\n')
            .Where(line => line.StartsWith("ExecStart=/opt/searchcluster/worker/", StringComparison.Ordinal))
            .Select(line => line.Split(' ')[1..]);

        Read(commands.ShouldHaveSingleItem(), new Dictionary<string, string>()).Device.ShouldBe("cpu");
    }

    [Fact]
    public void An_option_that_does_not_exist_would_be_noticed() =>
        Should.Throw<WorkerOptionsException>(() => Read(["--gpus", "0"], new Dictionary<string, string>()));

    // The state folder's variable is read from the process itself, so it is passed as the option that it stands for.
    private static WorkerOptions Read(string[] arguments, IReadOnlyDictionary<string, string> environment)
    {
        string[] state = environment.TryGetValue("SEARCHCLUSTER_HOME", out var home) ? ["--state", home] : [];
        return WorkerSettings.Read([.. arguments, .. state], new ConfigurationBuilder().Build());
    }
}
