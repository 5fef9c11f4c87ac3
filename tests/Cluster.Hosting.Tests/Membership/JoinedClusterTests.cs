using SearchCluster.Hosting.Membership;
using SearchCluster.Hosting.State;

namespace SearchCluster.Hosting.Tests.Membership;

public sealed class JoinedClusterTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("searchcluster-joined-");

    private StateFolder State => StateFolder.Resolve(_folder.FullName);

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void What_was_written_is_read_and_nothing_where_there_is_none()
    {
        JoinedCluster.TryRead(State).ShouldBeNull();
        var joined = new JoinedCluster("https://10.0.0.5:8642", "10.0.0.5:8643", new(2026, 12, 1, 7, 0, 0, TimeSpan.Zero));

        joined.Write(State);

        JoinedCluster.TryRead(State).ShouldBe(joined);
    }

    [Theory]
    [InlineData("""{"url": "lab", "clusterAddress": null, "joinedAt": "2026-12-01T07:00:00Z"}""", "url is \"lab\", but must be")]
    [InlineData("""{"url": "http://lab:1", "clusterAddress": null, "joinedAt": "2026-12-01T07:00:00Z"}""", "url is \"http://lab:1\"")]
    [InlineData(
        """{"url": "https://lab:1", "clusterAddress": "lab:x", "joinedAt": "2026-12-01T07:00:00Z"}""",
        "clusterAddress is \"lab:x\", but must be host:port.")]
    [InlineData("hello", "joined.json cannot be read")]
    public void A_file_that_says_something_else_is_told_with_the_way_out(string text, string why)
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "joined.json"), text);

        var refused = Should.Throw<StateFolderException>(() => JoinedCluster.TryRead(State));

        refused.Message.ShouldContain(why);
        refused.Message.ShouldEndWith("Delete it, and join the cluster again.");
    }
}
