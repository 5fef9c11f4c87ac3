using SearchCluster.Hosting.Cluster.Connections;
using SearchCluster.Hosting.State;

namespace SearchCluster.Hosting.Tests.Cluster.Connections;

/// <summary>Who gets through the handshake, and who with all he could hear and send does not.</summary>
[Trait("Promise", "S01")]
public sealed class KeyHandshakeTests : IDisposable
{
    private const string Address = "127.0.0.1:8643";
    private const int Greeting = 8;
    private const int Nonce = 32;
    private const int Proof = 32;

    private readonly ClusterKey _key = ClusterKey.Create();
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(30));

    public void Dispose() => _deadline.Dispose();

    [Fact]
    public async Task Two_with_one_key_get_through_and_speak_on()
    {
        using var line = await Line.OpenAsync();
        var answer = new KeyHandshake(_key).AnswerAsync(line.There, Address, _deadline.Token);

        var caller = await new KeyHandshake(_key).CallAsync(line.Here, Address, _deadline.Token);

        await caller.Stream.WriteAsync("hi"u8.ToArray(), _deadline.Token);
        (await ReadAsync((await answer).Stream, 2)).ShouldBe("hi"u8.ToArray());
    }

    [Fact]
    public async Task A_caller_learns_that_the_other_has_another_key_and_shows_nothing_itself()
    {
        using var line = await Line.OpenAsync();
        var answer = new KeyHandshake(ClusterKey.Create()).AnswerAsync(line.There, Address, _deadline.Token);

        (await FaultOfAsync(new KeyHandshake(_key).CallAsync(line.Here, Address, _deadline.Token))).ShouldBe(HandshakeFault.OtherKey);

        // What it sends instead of a proof is told on the other side as well.
        (await FaultOfAsync(answer)).ShouldBe(HandshakeFault.OtherKey);
    }

    [Fact]
    public async Task A_proof_that_is_sent_back_to_its_maker_does_not_count()
    {
        using var line = await Line.OpenAsync();
        var answer = new KeyHandshake(_key).AnswerAsync(line.There, Address, _deadline.Token);

        await line.Here.WriteAsync((byte[])[.. KeyHandshake.Greeting, .. new byte[Nonce]], _deadline.Token);
        var challenge = await ReadAsync(line.Here, Nonce + Proof);
        await line.Here.WriteAsync(challenge[Nonce..], _deadline.Token);

        (await FaultOfAsync(answer)).ShouldBe(HandshakeFault.OtherKey);
    }

    [Fact]
    public async Task A_caller_is_not_fooled_by_its_own_nonce()
    {
        using var line = await Line.OpenAsync();
        var call = new KeyHandshake(_key).CallAsync(line.Here, Address, _deadline.Token);

        // Its greeting is given to another caller as that one's challenge, and so on: nobody of them ever makes a proof of the called one.
        var greeting = await ReadAsync(line.There, Greeting + Nonce);
        await line.There.WriteAsync((byte[])[.. greeting[Greeting..], .. new byte[Proof]], _deadline.Token);

        (await FaultOfAsync(call)).ShouldBe(HandshakeFault.OtherKey);
    }

    [Fact]
    public async Task What_was_said_once_does_not_count_again()
    {
        using var first = await Line.OpenAsync();
        using var relay = await Line.OpenAsync();
        var answer = new KeyHandshake(_key).AnswerAsync(first.There, Address, _deadline.Token);
        var call = new KeyHandshake(_key).CallAsync(relay.Here, Address, _deadline.Token);
        var greeting = await PassAsync(relay.There, first.Here, Greeting + Nonce);
        await PassAsync(first.Here, relay.There, Nonce + Proof);
        var proof = await PassAsync(relay.There, first.Here, Proof);
        await answer;
        await PassAsync(first.Here, relay.There, 1);
        await call;

        using var second = await Line.OpenAsync();
        var again = new KeyHandshake(_key).AnswerAsync(second.There, Address, _deadline.Token);
        await second.Here.WriteAsync((byte[])[.. greeting, .. proof], _deadline.Token);

        (await FaultOfAsync(again)).ShouldBe(HandshakeFault.OtherKey);
    }

    [Fact]
    public async Task One_that_took_over_a_members_old_port_cannot_pass_the_messages_on()
    {
        using var first = await Line.OpenAsync();
        using var relay = await Line.OpenAsync();
        var answer = new KeyHandshake(_key).AnswerAsync(first.There, Address, _deadline.Token);
        var call = new KeyHandshake(_key).CallAsync(relay.Here, "127.0.0.1:9999", _deadline.Token);

        await PassAsync(relay.There, first.Here, Greeting + Nonce);
        await PassAsync(first.Here, relay.There, Nonce + Proof);

        (await FaultOfAsync(call)).ShouldBe(HandshakeFault.OtherKey);
        first.Here.Dispose();
        (await FaultOfAsync(answer)).ShouldBe(HandshakeFault.Ended);
    }

    [Fact]
    public async Task What_does_not_begin_as_a_member_does_is_garbage_at_once()
    {
        using var line = await Line.OpenAsync();
        var answer = new KeyHandshake(_key).AnswerAsync(line.There, Address, _deadline.Token);

        await line.Here.WriteAsync("GET / HTTP/1.1\r\n"u8.ToArray(), _deadline.Token);

        (await FaultOfAsync(answer)).ShouldBe(HandshakeFault.Garbage);
    }

    private static async Task<HandshakeFault> FaultOfAsync(Task handshake) =>
        (await Should.ThrowAsync<HandshakeException>(() => handshake)).Fault;

    private async Task<byte[]> ReadAsync(Stream stream, int length)
    {
        var bytes = new byte[length];
        await stream.ReadExactlyAsync(bytes, _deadline.Token);
        return bytes;
    }

    private async Task<byte[]> PassAsync(Stream from, Stream to, int length)
    {
        var bytes = await ReadAsync(from, length);
        await to.WriteAsync(bytes, _deadline.Token);
        return bytes;
    }
}
