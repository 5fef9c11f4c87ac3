using System.Text.RegularExpressions;
using SearchCluster.Coordinator.Hosting;
using SearchCluster.Coordinator.Options;
using SearchCluster.Hosting.Persistence;
using SearchCluster.TestKit.Deployment;

namespace SearchCluster.Architecture.Tests.Deployment;

/// <summary>What <c>deploy/</c> tells the coordinator, read by the coordinator's own parser.</summary>
public sealed class CoordinatorDeploymentTests
{
    private static readonly ComposeService Service = ComposeFile.Read().Services["coordinator"];

    [Fact]
    public void The_compose_service_starts_on_the_sqlite_journal_of_the_shared_folder()
    {
        var options = Parse(Service.Command, name => Unset(Service.Environment.GetValueOrDefault(name)));

        options.StateFolder.Root.ShouldBe("/state");
        options.Persistence.ShouldBeNull();
        (options.HttpHost, options.ClusterHost).ShouldBe(("127.0.0.1", "127.0.0.1"));
    }

    [Fact]
    public void The_compose_service_takes_the_connection_string_of_the_documentation()
    {
        var documented = Regex.Match(RepositoryFiles.Text("deploy/README.md"), "SEARCHCLUSTER_POSTGRES='([^']+)'").Groups[1].Value;
        Service.Environment.ShouldContainKey("SEARCHCLUSTER_POSTGRES");

        var options = Parse(Service.Command, name => name == "SEARCHCLUSTER_POSTGRES" ? documented : null);

        options.Persistence.ShouldBe(new PostgresJournal(documented));
        documented.ShouldContain("Host=127.0.0.1");
    }

    [Fact]
    public void The_unit_starts_on_its_state_folder()
    {
        var unit = UnitFile.Read(UnitFile.Coordinator);

        var options = Parse(
            unit.Arguments, name => unit.Environment.GetValueOrDefault(name)?.Replace("%S", "/var/lib", StringComparison.Ordinal));

        options.StateFolder.Root.ShouldBe("/var/lib/searchcluster");
    }

    [Fact]
    public void Every_variable_of_the_files_is_known()
    {
        var named = Service.Environment.Keys
            .Concat(UnitFile.Read(UnitFile.Coordinator).Environment.Keys)
            .Concat(Settings("coordinator"))
            .Where(name => name.StartsWith("SEARCHCLUSTER_", StringComparison.Ordinal))
            .Distinct();

        named.ShouldAllBe(name => CoordinatorArguments.Usage.Contains(name, StringComparison.Ordinal));
    }

    [Fact]
    public void An_option_that_does_not_exist_would_be_noticed() =>
        CoordinatorArguments.TryParse(["--workers", "3"], _ => null, out _, out _).ShouldBeFalse();

    private static CoordinatorOptions Parse(IReadOnlyList<string> command, Func<string, string?> variable)
    {
        CoordinatorArguments.TryParse(command, variable, out var options, out var problem).ShouldBeTrue(problem);
        return options!;
    }

    // Compose fills "${NAME:-default}" in; without the variable that is the default.
    private static string? Unset(string? text) => text is null ? null : Regex.Replace(text, @"\$\{\w+:-([^}]*)\}", "$1");

    private static IEnumerable<string> Settings(string reader) =>
        RepositoryFiles.Text("deploy/README.md").Split('\n')
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal) && line.Contains($" {reader} |", StringComparison.Ordinal))
            .SelectMany(line => Regex.Matches(line.Split('|')[1], "[A-Z][A-Z_]+").Select(match => match.Value));
}
