using SearchCluster.Cli.Failures;
using SearchCluster.Cli.InProcess;
using SearchCluster.GpuWorker.Devices;

namespace SearchCluster.Cli.Tests.InProcess;

public sealed class GpuChoiceTests
{
    private static readonly GpuQueryResult Machine = new(
    [
        new Gpu(0, "GPU-aaaa1111", "H100", 80L << 30),
        new Gpu(1, "MIG-bbbb2222", "A100 MIG 3g.20gb", 20L << 30, 0),
        new Gpu(1, "MIG-cccc3333", "A100 MIG 3g.20gb", 20L << 30, 1),
    ]);

    [Theory]
    [InlineData(null, "cuda0 cuda1mig0 cuda1mig1")]
    [InlineData("all", "cuda0 cuda1mig0 cuda1mig1")]
    [InlineData("none", "")]
    [InlineData("0", "cuda0")]
    [InlineData("1", "cuda1mig0 cuda1mig1")]
    [InlineData("1, 0", "cuda1mig0 cuda1mig1 cuda0")]
    [InlineData("0,0,GPU-aaaa", "cuda0")]
    [InlineData("MIG-cccc", "cuda1mig1")]
    public void Gpus_are_picked(string? choice, string expected) =>
        string.Join(' ', GpuChoice.Pick(choice, Machine).Select(gpu => gpu.ShortName)).ShouldBe(expected);

    [Fact]
    public void Without_a_wish_a_machine_without_gpus_uses_none() =>
        GpuChoice.Pick(null, new([], "nvidia-smi was not found")).ShouldBeEmpty();

    [Theory]
    [InlineData("all", "--gpus is all, but nvidia-smi was not found.")]
    [InlineData("3", "--gpus names 3, but nvidia-smi was not found.")]
    public void A_wish_that_cannot_be_is_refused_with_the_reason(string choice, string expected) =>
        Should.Throw<CliException>(() => GpuChoice.Pick(choice, new([], "nvidia-smi was not found"))).Message.ShouldBe(expected);

    [Fact]
    public void One_that_is_not_there_is_named_with_those_that_are()
    {
        var refusal = Should.Throw<CliException>(() => GpuChoice.Pick("0,7", Machine));

        (refusal.ExitCode, refusal.Message)
            .ShouldBe((ExitCodes.NoSuitableWorker, "--gpus names 7, but there is no such GPU among the visible ones."));
        refusal.Help!.ShouldStartWith("there are 0 (H100, GPU-aaaa1111), 1mig0 (A100 MIG 3g.20gb, MIG-bbbb2222)");
    }

    [Theory]
    [InlineData("all", true)]
    [InlineData("0,1", true)]
    [InlineData("GPU-12ab,MIG-3", true)]
    [InlineData("", false)]
    [InlineData("0,,1", false)]
    [InlineData("-1", false)]
    [InlineData("cuda:0", false)]
    [InlineData("GPU-", false)]
    public void Only_some_texts_are_a_wish(string text, bool expected) => GpuChoice.IsValid(text).ShouldBe(expected);
}
