using SearchCluster.TestKit.Deployment;

namespace SearchCluster.Architecture.Tests.Deployment;

public sealed class ComposeFileTests
{
    private static readonly ComposeFile Compose = ComposeFile.Read();

    private static readonly string[] OwnServices = ["coordinator", "worker-cpu", "worker-gpu-0"];

    [Fact]
    public void Only_the_coordinator_starts_without_a_profile() =>
        Compose.Services.Where(service => service.Value.Profiles.Count == 0).Select(service => service.Key).ShouldBe(["coordinator"]);

    [Fact]
    public void The_profiles_are_those_of_the_documentation()
    {
        var readme = RepositoryFiles.Text("deploy/README.md");

        var profiles = Compose.Services.Values.SelectMany(service => service.Profiles).Distinct().ToArray();

        profiles.ShouldBe(["cpu", "gpu", "postgres", "observability"], ignoreOrder: true);
        profiles.ShouldAllBe(profile => readme.Contains("`" + profile + "`", StringComparison.Ordinal));
    }

    [Fact]
    public void Our_processes_share_the_hosts_loopback_and_one_state_folder()
    {
        var services = OwnServices.Select(name => Compose.Services[name]).ToArray();

        services.ShouldAllBe(service => service.NetworkMode == "host" && service.Ports.Count == 0);
        services.ShouldAllBe(service => service.Environment["SEARCHCLUSTER_HOME"] == "/state");
        services.Select(service => service.Volumes[0]).Distinct().ShouldHaveSingleItem().ShouldEndWith(":/state");
    }

    [Fact]
    public void Nothing_is_published_beyond_the_loopback()
    {
        var ports = Compose.Services.Values.SelectMany(service => service.Ports).ToArray();

        ports.ShouldNotBeEmpty();
        ports.ShouldAllBe(port => port.StartsWith("127.0.0.1:", StringComparison.Ordinal));
    }

    [Fact]
    public void Our_processes_do_not_run_as_root()
    {
        var users = OwnServices.Select(name => Compose.Services[name].User).Distinct();

        users.ShouldBe(["${SEARCHCLUSTER_USER:-1654:1654}"]);
    }
}
