using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using SearchCluster.Cli.Connection;
using SearchCluster.Cli.Tests.EndToEnd;
using SearchCluster.Cli.Tests.Fakes;
using SearchCluster.Contracts.Api;
using SearchCluster.Contracts.Wire;
using SearchCluster.Hosting.Persistence;
using SearchCluster.Hosting.State;
using static SearchCluster.Cli.Tests.Fakes.FakeCoordinator;

namespace SearchCluster.Cli.Tests.Connection;

/// <summary>A coordinator that ends, or is ended, while somebody reads: the journal has the answer as well.</summary>
public sealed class EndingCoordinatorTests : IDisposable
{
    private static readonly SearchId Branin = new("branin");

    private readonly RealHarness _real = new();
    private readonly StateFolder _state;

    public EndingCoordinatorTests()
    {
        _state = StateFolder.Resolve(_real.State);
        _state.Create();
    }

    public void Dispose() => _real.Dispose();

    [Fact]
    public async Task One_that_ends_between_two_questions_leaves_the_answer_to_the_journal()
    {
        await MakeJournalAsync();
        var held = CoordinatorLock.Acquire(_state);
        using var owner = new FakeCoordinator(_state, _ => Answer.Nothing);
        await using var connection = await ReadAsync();
        connection.Kind.ShouldBe(ConnectionKind.Http);

        owner.Dispose();
        held.Dispose();

        (await connection.Service.ListAsync(TestContext.Current.CancellationToken)).Searches.ShouldBeEmpty();
        connection.Kind.ShouldBe(ConnectionKind.Offline);
        connection.Notice.ShouldBeNull();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_that_ends_in_the_middle_of_its_answer_leaves_it_to_the_journal(bool hasBegun)
    {
        await MakeJournalAsync();
        var held = CoordinatorLock.Acquire(_state);
        using var owner = new FakeCoordinator(_state, _ =>
        {
            held.Dispose();
            return hasBegun ? Answer.Half : Answer.Nothing;
        });
        await using var connection = await ReadAsync();

        (await connection.Service.ListAsync(TestContext.Current.CancellationToken)).Searches.ShouldBeEmpty();

        owner.Asked.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task One_that_breaks_off_every_answer_is_told_beside_the_journal()
    {
        await MakeJournalAsync();
        using var held = CoordinatorLock.Acquire(_state);
        using var owner = new FakeCoordinator(_state, _ => Answer.Half);
        await using var connection = await ReadAsync();

        (await connection.Service.ListAsync(TestContext.Current.CancellationToken)).Searches.ShouldBeEmpty();

        connection.Notice.ShouldNotBeNull().ShouldContain("does not answer; this is what its journal says");
        owner.Asked.Count.ShouldBe(2);
    }

    [Fact]
    public async Task The_coordinator_that_took_its_place_is_asked()
    {
        using var held = CoordinatorLock.Acquire(_state);
        using var owner = new FakeCoordinator(_state, _ => Answer.Nothing);
        await using var connection = await ReadAsync();

        owner.Dispose();
        using var next = new FakeCoordinator(_state, _ => Answer.Of("""{"searches":[]}"""));

        (await connection.Service.ListAsync(TestContext.Current.CancellationToken)).Searches.ShouldBeEmpty();
        connection.Place.ShouldBe(next.Url);
    }

    [Fact]
    public async Task One_that_was_named_is_not_replaced_by_a_journal()
    {
        await MakeJournalAsync();
        using var owner = new FakeCoordinator(_state, _ => Answer.Half);
        await using var connection = await _real.Connector.ReadAsync(
            new(_real.State, owner.Url, null), TestContext.Current.CancellationToken);

        var gone = await Should.ThrowAsync<SearchServiceException>(
            () => connection.Service.ListAsync(TestContext.Current.CancellationToken));

        gone.Problem.Code.ShouldBe(ProblemCodes.NotReachable);
    }

    [Fact]
    public async Task A_command_is_not_given_to_anybody_else()
    {
        await MakeJournalAsync();
        var held = CoordinatorLock.Acquire(_state);
        using var owner = new FakeCoordinator(_state, _ => Answer.Nothing);
        await using var connection = (await _real.Connector.FindLiveAsync(
            new(_real.State, null, null), TestContext.Current.CancellationToken)).ShouldNotBeNull();
        owner.Dispose();
        held.Dispose();
        await connection.Service.ListAsync(TestContext.Current.CancellationToken);

        var gone = await Should.ThrowAsync<SearchServiceException>(
            () => connection.Service.PauseAsync(Branin, TestContext.Current.CancellationToken));

        gone.Problem.Code.ShouldBe(ProblemCodes.NotReachable);
    }

    // The first question of a connection reads the answer by itself.
    [Fact]
    public async Task A_first_answer_that_breaks_off_is_a_coordinator_that_cannot_be_reached()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var answered = BreakOffAsync(listener);
        var url = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
        await using var connection = await _real.Connector.ReadAsync(
            new(_real.State, url, null), TestContext.Current.CancellationToken);

        var gone = await Should.ThrowAsync<SearchServiceException>(
            () => connection.Service.ListAsync(TestContext.Current.CancellationToken));

        gone.Problem.Code.ShouldBe(ProblemCodes.NotReachable);
        await answered;
    }

    [Theory]
    [InlineData("list")]
    [InlineData("status branin")]
    [InlineData("best branin")]
    [InlineData("trials branin")]
    [InlineData("watch branin")]
    [InlineData("watch branin --json")]
    public async Task Commands_that_read_show_the_search_whose_run_ends_in_that_moment(string line)
    {
        _real.Cli.Write("branin.yaml", RealHarness.Branin);
        (await _real.RunAsync("run branin.yaml --port 0")).ShouldBe(0, _real.Cli.Error);
        var held = CoordinatorLock.Acquire(_state);
        using var owner = new FakeCoordinator(_state, _ =>
        {
            held.Dispose();
            return Answer.Nothing;
        });

        (await _real.RunAsync(line)).ShouldBe(0, _real.Cli.Error);

        owner.Asked.ShouldNotBeEmpty();
        _real.Cli.Error.ShouldNotContain("SC5001");
        _real.Cli.Out.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Watching_ends_with_a_word_when_the_coordinator_ends_before_the_search()
    {
        await using (var offline = await _real.Hosting.OpenOfflineAsync(
            _state, Workloads.UserWorkloads.None, TestContext.Current.CancellationToken))
        {
            await offline.Service.SubmitAsync(new(RealHarness.Branin, "branin.yaml"), TestContext.Current.CancellationToken);
        }

        var running = JsonSerializer.Serialize(
            Sample.Detail() with { SearchId = Branin }, ContractsJsonContext.Default.SearchDetail);
        var held = CoordinatorLock.Acquire(_state);
        var looks = 0;
        using var owner = new FakeCoordinator(_state, _ =>
        {
            if (++looks == 1)
            {
                return Answer.Of(running);
            }

            held.Dispose();
            return Answer.Nothing;
        });

        (await _real.RunAsync("watch branin")).ShouldBe(5, _real.Cli.Error);

        _real.Cli.Error.ShouldContain("The coordinator has ended before the search did");
        _real.Cli.Error.ShouldContain("searchcluster resume branin");
    }

    private Task<ISearchConnection> ReadAsync() =>
        _real.Connector.ReadAsync(new(_real.State, null, null), TestContext.Current.CancellationToken);

    private Task MakeJournalAsync() =>
        JournalProbe.VerifyAsync(new SqliteJournal(_state.JournalFile), TestContext.Current.CancellationToken);

    private static async Task BreakOffAsync(TcpListener listener)
    {
        using var client = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await client.GetStream().ReadAtLeastAsync(new byte[4096], 1, cancellationToken: TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync(
            Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nli"), TestContext.Current.CancellationToken);
    }
}
