using SearchCluster.Cli.Joining;

namespace SearchCluster.Cli.Tests.Joining;

public sealed class JoinAddressTests
{
    [Theory]
    [InlineData("10.0.0.5", "https://10.0.0.5:8642/")]
    [InlineData("10.0.0.5:9000", "https://10.0.0.5:9000/")]
    [InlineData("LAB.example", "https://lab.example:8642/")]
    [InlineData("lab.example:9000", "https://lab.example:9000/")]
    [InlineData("https://10.0.0.5:9000/", "https://10.0.0.5:9000/")]
    [InlineData("[fd00::5]", "https://[fd00::5]:8642/")]
    [InlineData("[fd00::5]:9000", "https://[fd00::5]:9000/")]
    [InlineData("fd00::5", "https://[fd00::5]:8642/")]
    public void An_address_with_or_without_a_port(string text, string url)
    {
        JoinAddress.TryParse(text, out var address).ShouldBeTrue();

        address!.Url.AbsoluteUri.ShouldBe(url);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0.0.0.0")]
    [InlineData("10.0.0.5:")]
    [InlineData("10.0.0.5:0")]
    [InlineData("10.0.0.5:99999")]
    [InlineData("10.0.0.5:-1")]
    [InlineData(":8642")]
    [InlineData("http://10.0.0.5:8642")]
    [InlineData("https://10.0.0.5:8642/api")]
    [InlineData("10.0.0.5 8642")]
    [InlineData("user@10.0.0.5")]
    [InlineData("scj1.abc")]
    public void What_is_none(string text) => JoinAddress.TryParse(text, out _).ShouldBeFalse();
}
