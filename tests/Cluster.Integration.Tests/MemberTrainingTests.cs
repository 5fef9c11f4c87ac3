namespace SearchCluster.Integration.Tests;

/// <summary>The members of a bagging ensemble are trained on all workers, also when one of them is killed meanwhile.</summary>
[Trait("Category", "Integration")]
public sealed class MemberTrainingTests
{
    private const int Members = 6;

    [Fact]
    public async Task Two_workers_share_the_members_and_a_killed_one_changes_no_result()
    {
        await using var quiet = new Deployment();
        (await quiet.RunAsync("run", Spec(quiet), "--slots", "1", "--port", "0")).ShouldExitWith(0);
        await using var deployment = new Deployment();
        (await deployment.StartCoordinatorAsync()).ShouldNotBeNull();
        var first = deployment.StartWorker("w1");
        var second = deployment.StartWorker("w2");
        await deployment.UntilAsync(() => first.Error.Contains("Connected to", StringComparison.Ordinal)
            && second.Error.Contains("Connected to", StringComparison.Ordinal), "both workers are connected", first, second);
        (await deployment.RunAsync("submit", Spec(deployment))).ShouldExitWith(0);

        await deployment.UntilAsync(
            () => RunningMembers(deployment).Any(member => member.WorkerId.Value == "w1"), "w1 trains a member", first, second);
        await first.KillAsync();
        await deployment.UntilAsync(() => deployment.History("bagged").IsOver, "the search is over", second);

        var history = deployment.History("bagged");
        JournalInvariants.Violations(history.Events).ShouldBeEmpty();
        history.Events.OfType<SearchEvents.EnsembleMemberFinished>().Select(member => (member.Member, member.Failure)).Order()
            .ShouldBe(Enumerable.Range(0, Members).Select(number => (number, (AttemptFailure?)null)));
        history.Attempts
            .Where(attempt => attempt.Item.MemberNumber is not null)
            .Select(attempt => attempt.WorkerId.Value)
            .Distinct()
            .Order()
            .ShouldBe(["w1", "w2"]);
        history.Curves().ShouldBe(quiet.History("bagged").Curves());
        var status = (await deployment.RunAsync("status", "bagged", "--json")).ShouldExitWith(0).Json;
        status.GetProperty("ensembleMembers").GetProperty("trained").GetInt32().ShouldBe(Members);
        List<System.Text.Json.JsonElement> trace = [];
        HashSet<string?> members = [];

        // A span is in its file a moment after it ended.
        await Patience.UntilAsync(async () =>
        {
            trace = [.. (await deployment.RunAsync("trace", "bagged", "--json"))
                .ShouldExitWith(0).Json
                .GetProperty("spans")
                .EnumerateArray()];
            members = [.. trace.Where(span => Tag(span, "searchcluster.item")?.StartsWith("member-", StringComparison.Ordinal) == true
                && span.GetProperty("name").GetString() == "attempt")
                .Select(span => span.GetProperty("spanId").GetString())];
            return members.Count >= Members;
        });
        trace.Count(span => span.GetProperty("name").GetString() == "epoch"
            && members.Contains(span.GetProperty("parentSpanId").GetString()))
            .ShouldBeGreaterThan(Members, "members tell of their epochs");
        status.GetProperty("ensemble").GetProperty("metrics").GetProperty("oob/accuracy").GetDouble().ShouldBeGreaterThan(0.8);
    }

    private static string? Tag(System.Text.Json.JsonElement span, string name) =>
        span.GetProperty("attributes").TryGetProperty(name, out var value) ? value.GetString() : null;

    private static IEnumerable<SearchEvents.AttemptStarted> RunningMembers(Deployment deployment) =>
        deployment.History("bagged").Running.Where(attempt => attempt.Item.MemberNumber is not null);

    private static string Spec(Deployment deployment) => deployment.WriteFile(
        "bagged.yaml",
        SpecTexts.Digits("bagged", trials: 4, epochs: 40)
            .Replace("type: top-k, members: 3", $"type: bagging, members: {Members}", StringComparison.Ordinal));
}
