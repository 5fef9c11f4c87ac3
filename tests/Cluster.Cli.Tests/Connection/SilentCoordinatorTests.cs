using System.Net;
using System.Net.Sockets;
using System.Text;
using SearchCluster.Cli.Application;
using SearchCluster.Cli.Connection;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Tests.Fakes;
using SearchCluster.Contracts.Api;
using SearchCluster.Hosting.Persistence;
using SearchCluster.Hosting.State;

namespace SearchCluster.Cli.Tests.Connection;

/// <summary>A process that takes connections and says nothing, as a stopped coordinator does, or something else
/// than a coordinator would.</summary>
public sealed class SilentCoordinatorTests : IDisposable
{
    private readonly CliHarness _cli = new();
    private readonly HurriedClock _clock = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly StateFolder _state;
    private readonly SearchConnector _connector;

    public SilentCoordinatorTests()
    {
        _state = StateFolder.Resolve(_cli.Folder);
        _connector = new(name => _cli.Variables.GetValueOrDefault(name), null!, _clock);
        _listener.Start();
        new CoordinatorEndpoint(Url, null, 1, "1.0.0", DateTimeOffset.UnixEpoch).Write(_state);
    }

    private string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public void Dispose()
    {
        _listener.Dispose();
        _cli.Dispose();
    }

    [Fact]
    public async Task Commands_that_read_show_the_journal_and_say_so()
    {
        _ = BeSilentAsync();
        using var held = CoordinatorLock.Acquire(_state);
        await JournalProbe.VerifyAsync(new SqliteJournal(_state.JournalFile), TestContext.Current.CancellationToken);

        await using var connection = await _connector.ReadAsync(new(_cli.Folder, null, null), TestContext.Current.CancellationToken);

        connection.Kind.ShouldBe(ConnectionKind.Offline);
        var notice = connection.Notice.ShouldNotBeNull();
        notice.ShouldContain($"process {Environment.ProcessId}");
        notice.ShouldContain("does not answer");
        (await connection.Service.ListAsync(TestContext.Current.CancellationToken)).Searches.ShouldBeEmpty();
    }

    [Fact]
    public async Task Commands_that_write_say_who_does_not_answer()
    {
        _ = BeSilentAsync();
        using var held = CoordinatorLock.Acquire(_state);

        var error = await Should.ThrowAsync<CliException>(
            () => _connector.FindLiveAsync(new(_cli.Folder, null, null), TestContext.Current.CancellationToken));

        (error.ExitCode, error.Code).ShouldBe((5, StorageCodes.CoordinatorSilent));
        error.Message.ShouldContain("does not answer");
    }

    [Fact]
    public async Task An_address_that_was_given_is_told_after_a_while()
    {
        _ = BeSilentAsync();
        await using var connection = await _connector.ReadAsync(new(_cli.Folder, Url, null), TestContext.Current.CancellationToken);

        var refused = await Should.ThrowAsync<SearchServiceException>(
            () => connection.Service.ListAsync(TestContext.Current.CancellationToken));

        refused.Problem.Code.ShouldBe(ProblemCodes.NotReachable);
        refused.Problem.Title.ShouldContain("says nothing for 20 s");
    }

    [Fact]
    public async Task A_foreign_service_is_told()
    {
        var answers = AnswerAsync("{\"hello\":1}");
        await using var connection = await _connector.ReadAsync(new(_cli.Folder, Url, null), TestContext.Current.CancellationToken);

        var refused = await Should.ThrowAsync<SearchServiceException>(
            () => connection.Service.ListAsync(TestContext.Current.CancellationToken));

        refused.Problem.Title.ShouldContain("not a SearchCluster coordinator");
        await answers;
    }

    [Fact]
    public async Task Without_a_coordinator_and_searches_the_next_step_is_named()
    {
        var error = await Should.ThrowAsync<CliException>(
            () => _connector.ReadAsync(new(_cli.Folder, null, null), TestContext.Current.CancellationToken));

        error.Help!.ShouldContain("searchcluster run SPEC");
    }

    [Fact]
    public async Task A_journal_that_is_gone_from_beside_its_searches_is_told()
    {
        Directory.CreateDirectory(Path.Combine(_cli.Folder, "searches", "digits"));

        var gone = await Should.ThrowAsync<JournalUnavailableException>(
            () => _connector.ReadAsync(new(_cli.Folder, null, null), TestContext.Current.CancellationToken));

        StartFailures.Of(gone).ExitCode.ShouldBe(12);
    }

    /// <summary>Takes connections and what is asked, and lets the time be over that somebody waits for the answer.</summary>
    private async Task BeSilentAsync()
    {
        while (true)
        {
            using var client = await _listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
            var stream = client.GetStream();
            try
            {
                for (var buffer = new byte[4096]; await stream.ReadAsync(buffer, TestContext.Current.CancellationToken) > 0;)
                {
                    _clock.EndLongTimes();
                }
            }
            catch (IOException)
            {
                // Whoever asked has hung up.
            }
        }
    }

    private async Task AnswerAsync(string json)
    {
        using var client = await _listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await client.GetStream().ReadAtLeastAsync(new byte[4096], 1, cancellationToken: TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync(
            Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {json.Length}\r\n\r\n{json}"),
            TestContext.Current.CancellationToken);
    }
}
