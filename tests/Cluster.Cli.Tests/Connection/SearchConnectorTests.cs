using SearchCluster.Cli.Connection;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Tests.Fakes;
using SearchCluster.Hosting.State;

namespace SearchCluster.Cli.Tests.Connection;

public sealed class SearchConnectorTests : IDisposable
{
    private readonly CliHarness _cli = new();
    private readonly FakeHosting _hosting = new();
    private readonly StateFolder _state;
    private readonly SearchConnector _connector;

    public SearchConnectorTests()
    {
        _state = StateFolder.Resolve(_cli.Folder);
        _connector = new(name => _cli.Variables.GetValueOrDefault(name), _hosting, TimeProvider.System);
    }

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task A_url_wins_and_is_not_contacted_before_it_is_used()
    {
        await using var connection = await _connector.ConnectAsync(Request("https://example.invalid:1234/"), CancellationToken.None);

        connection.Kind.ShouldBe(ConnectionKind.Http);
        connection.Place.ShouldBe("https://example.invalid:1234");
        connection.ArtifactFolder.ShouldBeNull();
    }

    [Fact]
    public async Task The_environment_can_name_the_url()
    {
        _cli.Variables["SEARCHCLUSTER_COORDINATOR"] = "https://example.invalid:99";

        await using var connection = await _connector.ConnectAsync(Request(), CancellationToken.None);

        connection.Place.ShouldBe("https://example.invalid:99");
    }

    [Theory]
    [InlineData("example.org:8642")]
    [InlineData("ftp://example.org")]
    public async Task Another_text_is_no_url(string url)
    {
        var error = await Should.ThrowAsync<CliException>(() => _connector.ConnectAsync(Request(url), CancellationToken.None));

        error.ExitCode.ShouldBe(2);
    }

    [Fact]
    public async Task Without_coordinator_and_journal_the_next_step_is_named()
    {
        var error = await Should.ThrowAsync<CliException>(() => _connector.ConnectAsync(Request(), CancellationToken.None));

        error.ExitCode.ShouldBe(5);
        error.Help!.ShouldContain("searchcluster run SPEC");
    }

    [Fact]
    public async Task A_journal_without_a_coordinator_is_opened_offline()
    {
        await File.WriteAllTextAsync(_state.JournalFile, string.Empty);
        new CoordinatorEndpoint("http://127.0.0.1:1", null, 1, "1.0.0", DateTimeOffset.UnixEpoch).Write(_state);

        (await _connector.FindLiveAsync(Request(), CancellationToken.None)).ShouldBeNull();
        await _connector.ConnectAsync(Request(), CancellationToken.None).ShouldThrowAsync<NotSupportedException>();

        _hosting.Opened!.Root.ShouldBe(_state.Root);
    }

    [Fact]
    public async Task Resuming_needs_searches()
    {
        var host = new HostRequest(null, null, "auto", NeedsJournal: true);

        var error = await Should.ThrowAsync<CliException>(() => _connector.HostAsync(Request(), host, CancellationToken.None));

        error.ExitCode.ShouldBe(5);
    }

    [Theory]
    [InlineData("scl_nonsense")]
    [InlineData("two words")]
    [InlineData("")]
    public async Task A_file_without_a_token_is_refused(string content)
    {
        var file = _cli.Write("bad-token", content);

        var error = await Should.ThrowAsync<CliException>(
            () => _connector.ConnectAsync(new(_cli.Folder, "http://127.0.0.1:1", file), CancellationToken.None));

        error.ExitCode.ShouldBe(6);
        error.Message.ShouldContain("is not a token");
        if (content.Length > 0)
        {
            error.Message.ShouldNotContain(content);
        }
    }

    [Fact]
    public void Tokens_are_looked_up_in_their_order()
    {
        var finder = new TokenFinder(name => _cli.Variables.GetValueOrDefault(name));
        var (inFolder, inFile, inVariable) = (
            AccessToken.LoadOrCreate(_state).Value, AccessToken.Create().Value, AccessToken.Create().Value);
        var file = _cli.Write("other-token", inFile + "\n");

        finder.Find(null, _state).ShouldBe(inFolder);
        _cli.Variables["SEARCHCLUSTER_TOKEN_FILE"] = file;
        finder.Find(null, _state).ShouldBe(inFile);
        _cli.Variables["SEARCHCLUSTER_TOKEN"] = inVariable;
        finder.Find(null, _state).ShouldBe(inVariable);
        finder.Find(file, _state).ShouldBe(inFile);
    }

    private ConnectionRequest Request(string? url = null) => new(_cli.Folder, url, null);
}
