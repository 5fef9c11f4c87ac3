using System.Net;

namespace SearchCluster.Coordinator.Tests.Http;

/// <summary>What comes over the network names code at most; it brings none, and what it names must be there already.</summary>
[Trait("Promise", "S05")]
public sealed class ForeignCodeTests
{
    [Theory]
    [InlineData("workload: { class: System.Diagnostics.Process }")]
    [InlineData("workload: { class: \"System.Diagnostics.Process, System.Diagnostics.Process, Version=10.0.0.0\" }")]
    [InlineData("workload: { class: /tmp/evil.dll }")]
    [InlineData("workload: { builtin: ../../evil }")]
    [InlineData("workload: { builtin: System.Diagnostics.Process }")]
    [InlineData("workload: !!python/object/apply:os.system [id]")]
    [InlineData("workload: !<tag:yaml.org,2002:System.Diagnostics.Process> { builtin: mlp }")]
    public async Task A_spec_that_names_a_type_an_assembly_or_a_tag_is_refused(string workload)
    {
        using var folder = new TemporaryFolder();
        await using var coordinator = await TestCoordinator.StartAsync(folder.Path);
        var yaml = TestCoordinator.Yaml("foreign").Replace(
            "workload: { builtin: mlp, fixed: { epochs: 3 } }", workload, StringComparison.Ordinal);
        yaml.ShouldContain(workload);

        var response = await coordinator.PostAsync("/api/v1/searches", new SubmitRequest(yaml, "foreign.yaml"));

        response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await TestCoordinator.ReadAsync<ApiProblem>(response)).Problems.ShouldNotBeNull().ShouldNotBeEmpty();
        (await coordinator.GetAsync<SearchList>("/api/v1/searches")).Searches.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"$type":"System.Diagnostics.Process, System.Diagnostics.Process","text":"a","fileName":"b"}""")]
    [InlineData("""{"text":{"$type":"System.IO.FileInfo, System.Private.CoreLib"},"fileName":"b"}""")]
    [InlineData("""{"text":"a","fileName":"b","overrides":{"$type":{"$values":[]}}}""")]
    public async Task A_body_that_names_a_type_is_refused(string body)
    {
        using var folder = new TemporaryFolder();
        await using var coordinator = await TestCoordinator.StartAsync(folder.Path);

        (await coordinator.PostTextAsync("/api/v1/searches", body)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }
}
