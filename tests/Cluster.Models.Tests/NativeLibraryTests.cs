using TorchSharp;

namespace SearchCluster.Models.Tests;

public sealed class NativeLibraryTests
{
    [Fact]
    public void Libtorch_loads_on_this_system_and_adds()
    {
        using var scope = torch.NewDisposeScope();

        var sum = torch.ones(3).sum();

        sum.ToSingle().ShouldBe(3f);
    }
}
