namespace SearchCluster.Architecture.Tests;

public sealed class ReferenceTests
{
    private static readonly IReadOnlyList<ProjectFile> Projects = ProjectFile.ReadAll(Repository.SourceFolder);

    [Fact]
    public void Every_edge_between_projects_and_to_packages_is_allowed() =>
        Projects.SelectMany(AllowedReferences.Violations).ShouldBeEmpty();

    [Fact]
    public void Every_project_of_the_table_exists() =>
        Projects.Select(project => project.Name).ShouldBe(AllowedReferences.Table.Keys, ignoreOrder: true);

    [Theory]
    [InlineData("Cluster.Search", "Cluster.Hosting", null)]
    [InlineData("Cluster.Contracts", null, "Akka")]
    [InlineData("Cluster.Coordinator", "Cluster.Models", null)]
    [InlineData("Cluster.Coordinator", null, "TorchSharp")]
    [InlineData("Cluster.Unheard", null, null)]
    public void A_new_edge_is_reported(string project, string? reference, string? package)
    {
        var file = new ProjectFile(project, reference is null ? [] : [reference], package is null ? [] : [package]);

        var violations = AllowedReferences.Violations(file);

        violations.ShouldHaveSingleItem();
    }
}
