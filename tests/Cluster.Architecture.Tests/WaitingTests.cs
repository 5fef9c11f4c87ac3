using System.Text.RegularExpressions;
using SearchCluster.TestKit.Deployment;

namespace SearchCluster.Architecture.Tests;

/// <summary>No test races the machine that it runs on: tests wait for events by <c>tests/Waiting</c> and
/// measure work by the processor's time.</summary>
public sealed partial class WaitingTests
{
    // What may look at the clock on the wall, and why it decides nothing that load could change.
    private static readonly Dictionary<string, string> Exceptions = new()
    {
        ["Waiting/Patience.cs"] = "the one place where tests wait",
        ["Waiting/ProcessorTime.cs"] = "where a thread's time cannot be read",
        ["Cluster.Architecture.Tests/WaitingTests.cs"] = "names what it looks for",
        ["Cluster.GpuWorker.Tests/Hosting/ReconnectionTests.cs"] = "measures one connection by another",
        ["Cluster.Hosting.Tests/State/CoordinatorLockTests.cs"] = "holds a lock for a second and then waits for an event",
        ["Cluster.Integration.Tests/Harness/SearchClusterProcess.cs"] = "the moment of a random kill",
    };

    [Fact]
    public void No_test_waits_for_a_length_of_time_or_asks_the_clock_how_long_something_took()
    {
        var tests = RepositoryFiles.PathOf("tests");
        var sources = Directory.EnumerateFiles(tests, "*.cs", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetRelativePath(tests, file).Replace('\\', '/'));

        var found = sources.Where(source => !Exceptions.ContainsKey(source.Key))
            .SelectMany(source => Violations(source.Key, File.ReadAllText(source.Value)));

        found.ShouldBeEmpty("wait by Patience, or measure by ProcessorTime");
        Exceptions.Keys.ShouldBeSubsetOf(sources.Keys);
    }

    [Theory]
    [InlineData("await Task.Delay(100);", true)]
    [InlineData("await Task.Delay(Timeout.Infinite, token);", false)]
    [InlineData("await ended.Task.WaitAsync(TimeSpan.FromSeconds(10));", true)]
    [InlineData("await ended.Task.WaitAsync(\n    TimeSpan.FromSeconds(10));", true)]
    [InlineData("await ended.Task.Patiently();", false)]
    [InlineData("new CancellationTokenSource(TimeSpan.FromSeconds(30))", true)]
    [InlineData("new CancellationTokenSource(Patience.Limit)", false)]
    [InlineData("var watch = Stopwatch.StartNew();", true)]
    [InlineData("manager.ExpectMsg<Hello>(TimeSpan.FromSeconds(1));", true)]
    public void A_length_of_time_is_found(string line, bool isFound) => Violations("a.cs", line).Any().ShouldBe(isFound);

    private static IEnumerable<string> Violations(string path, string text) => LengthOfTime().Matches(text)
        .Select(match => $"{path}:{text[..match.Index].Count(c => c == '\n') + 1}: {match.Value}");

    [GeneratedRegex(
        @"Task\.Delay\(\s*(?!\s|Timeout\.Infinite)|Thread\.Sleep\(|\.WaitAsync\(\s*TimeSpan|CancelAfter\("
            + @"|CancellationTokenSource\(\s*(TimeSpan|\d)|\bStopwatch\b"
            + @"|(ExpectMsg|AwaitCondition|AwaitAssert)\w*(<.*>)?\([^;]*?TimeSpan\.")]
    private static partial Regex LengthOfTime();
}
