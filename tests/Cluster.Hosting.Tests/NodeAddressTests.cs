namespace SearchCluster.Hosting.Tests;

public sealed class NodeAddressTests
{
    [Theory]
    [InlineData("localhost", "127.0.0.1", true)]
    [InlineData("127.0.0.2", "127.0.0.2", true)]
    [InlineData("127.1", "127.0.0.1", true)]
    [InlineData("::1", "[::1]", true)]
    [InlineData("[::1]", "[::1]", true)]
    [InlineData("::ffff:127.0.0.1", "127.0.0.1", true)]
    [InlineData("10.0.0.5", "10.0.0.5", false)]
    [InlineData("::ffff:10.0.0.5", "10.0.0.5", false)]
    [InlineData("fd00:0:0::5", "[fd00::5]", false)]
    [InlineData("[fd00::5]", "[fd00::5]", false)]
    [InlineData("Node-1.Lab", "node-1.lab", false)]
    [InlineData("node_1", "node_1", false)]
    public void An_address_has_one_spelling(string given, string text, bool isLoopback)
    {
        var address = NodeAddress.TryParse(given).ShouldNotBeNull();

        (address.Text, address.IsLoopback, NodeAddress.Canonical(given)).ShouldBe((text, isLoopback, text));
        address.Host.ShouldBe(text.Trim('[', ']'));
        NodeAddress.Misfit(given).ShouldBeNull();
    }

    [Theory]
    [InlineData("0.0.0.0", "means every address")]
    [InlineData("::", "means every address")]
    [InlineData("[::]", "means every address")]
    [InlineData("fe80::1", "one network card only")]
    [InlineData("fe80::1%2", "one network card only")]
    [InlineData("224.0.0.1", "an address of many")]
    [InlineData("255.255.255.255", "an address of many")]
    [InlineData("ff02::1", "an address of many")]
    [InlineData("10", "four decimal numbers")]
    [InlineData("0x0a.0.0.5", "four decimal numbers")]
    [InlineData("10.0.0.256", "neither an IP address nor a name")]
    [InlineData("a b", "neither an IP address nor a name")]
    [InlineData("*", "neither an IP address nor a name")]
    [InlineData("node.", "neither an IP address nor a name")]
    [InlineData("-node", "neither an IP address nor a name")]
    [InlineData("http://node", "neither an IP address nor a name")]
    [InlineData(" ", "is empty")]
    [InlineData(null, "is empty")]
    public void What_one_process_cannot_be_reached_by_is_none(string? given, string why)
    {
        NodeAddress.TryParse(given).ShouldBeNull();
        NodeAddress.Misfit(given).ShouldNotBeNull().ShouldContain(why);
    }
}
