using System.Security.Cryptography;
using SearchCluster.Cli.Data;
using SearchCluster.Cli.Tests.Fakes;

namespace SearchCluster.Cli.Tests.Data;

public sealed class DownloadTests : IAsyncLifetime
{
    private static readonly byte[] Content = RandomBytes(300_000);

    private readonly HurriedClock _clock = new();
    private readonly CliHarness _cli = new();
    private readonly HttpClient _http = new();
    private FileServer _server = null!;

    private string Target => Path.Combine(_cli.Folder, "rows.bin");

    public async ValueTask InitializeAsync() => _server = (await FileServer.StartAsync()).With("rows.bin", Content);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _http.Dispose();
        _cli.Dispose();
    }

    [Fact]
    public async Task A_connection_that_breaks_goes_on_where_it_was()
    {
        _server.BreakOff = 1;
        var told = new List<long>();

        await RunAsync(done: told.Add);

        File.ReadAllBytes(Target).ShouldBe(Content);
        _server.Requests.ToArray().ShouldBe(["rows.bin", "rows.bin from 150000"]);
        told.ShouldBe(told.Order());
        told[^1].ShouldBe(Content.Length);
        File.Exists(Target + ".part").ShouldBeFalse();
    }

    [Fact]
    public async Task What_an_earlier_run_received_is_not_asked_for_again()
    {
        File.WriteAllBytes(Target + ".part", Content[..100_000]);

        await RunAsync();

        File.ReadAllBytes(Target).ShouldBe(Content);
        _server.Requests.ToArray().ShouldBe(["rows.bin from 100000"]);
    }

    [Fact]
    public async Task A_server_without_ranges_sends_all_of_it_again()
    {
        _server.IgnoresRanges = true;
        File.WriteAllBytes(Target + ".part", Content[..100_000]);

        await RunAsync();

        File.ReadAllBytes(Target).ShouldBe(Content);
    }

    [Theory]
    [InlineData(100_000)]
    [InlineData(300_000)]
    public async Task Wrong_bytes_of_an_earlier_run_are_found_out_and_fetched_again(int length)
    {
        File.WriteAllBytes(Target + ".part", RandomBytes(length, seed: 9));

        await RunAsync();

        File.ReadAllBytes(Target).ShouldBe(Content);
        _server.Requests.Last().ShouldBe("rows.bin");
    }

    [Fact]
    public async Task A_part_that_is_longer_than_an_unknown_file_starts_again()
    {
        File.WriteAllBytes(Target + ".part", RandomBytes(400_000, seed: 9));

        await RunAsync(Expected() with { Bytes = null });

        File.ReadAllBytes(Target).ShouldBe(Content);
        _server.Requests.ToArray().ShouldBe(["rows.bin from 400000", "rows.bin"]);
    }

    [Fact]
    public async Task A_busy_server_is_asked_again()
    {
        _server.Busy = 2;

        await RunAsync();

        _server.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task The_next_address_is_used_where_one_lacks_the_file()
    {
        var address = await RunAsync(addresses: [new(_server.Address, "elsewhere/rows.bin"), new(_server.Address, "rows.bin")]);

        address.ShouldBe(new Uri(_server.Address, "rows.bin"));
        File.ReadAllBytes(Target).ShouldBe(Content);
    }

    [Fact]
    public async Task Another_file_is_refused_with_both_hashes_and_leaves_nothing()
    {
        _server.With("rows.bin", RandomBytes(300_000, seed: 3));

        var refused = await Should.ThrowAsync<DownloadException>(() => RunAsync());

        refused.Message.ShouldContain(Convert.ToHexStringLower(SHA256.HashData(Content)));
        refused.Message.ShouldContain(Convert.ToHexStringLower(SHA256.HashData(RandomBytes(300_000, seed: 3))));
        Directory.GetFiles(_cli.Folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_answer_that_does_not_end_is_cut_off()
    {
        _server.With("rows.bin", RandomBytes(600_000));

        var refused = await Should.ThrowAsync<DownloadException>(() => RunAsync());

        refused.Message.ShouldContain("more than 300000 bytes");
        new FileInfo(Target + ".part").Length.ShouldBe(0);
    }

    [Fact]
    public async Task A_server_that_stays_silent_is_given_up()
    {
        _server.Silence = _clock.EndLongTimes;

        var refused = await Should.ThrowAsync<DownloadException>(() => RunAsync());

        refused.Message.ShouldContain("nothing arrived for 30 s");
        _server.Requests.Count.ShouldBe(4);
    }

    [Fact]
    public async Task A_publisher_may_state_another_hash()
    {
        await RunAsync(new("rows.bin", null, Convert.ToHexStringLower(MD5.HashData(Content)), HashAlgorithmName.MD5));

        File.ReadAllBytes(Target).ShouldBe(Content);
    }

    private static PublicFile Expected() =>
        new("rows.bin", Content.Length, Convert.ToHexStringLower(SHA256.HashData(Content)), HashAlgorithmName.SHA256);

    private static byte[] RandomBytes(int count, int seed = 1)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private Task<Uri> RunAsync(PublicFile? file = null, IReadOnlyList<Uri>? addresses = null, Action<long>? done = null) =>
        new Download(_http, _clock).RunAsync(
            file ?? Expected(),
            addresses ?? [new(_server.Address, "rows.bin")],
            Target,
            (bytes, _) => done?.Invoke(bytes),
            CancellationToken.None);
}
