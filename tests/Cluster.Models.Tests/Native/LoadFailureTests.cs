using SearchCluster.Models.Native;

namespace SearchCluster.Models.Tests.Native;

public sealed class LoadFailureTests
{
    [Theory]
    [InlineData("/lib/libstdc++.so.6: version `GLIBCXX_3.4.32' not found (required by libLibTorchSharp.so)", "newer libstdc++")]
    [InlineData("/lib/libm.so.6: version `GLIBC_2.29' not found (required by libtorch_cpu.so)", "glibc 2.29")]
    [InlineData("libcuda.so.1: cannot open shared object file", "NVIDIA driver")]
    [InlineData("Unable to load shared library 'torch_cpu'", "SEARCHCLUSTER_LIBTORCH")]
    public void A_failed_load_is_told_in_one_sentence_with_its_fix(string cause, string essence)
    {
        // TorchSharp hides the loader's words in an inner exception.
        var failure = new TypeInitializationException("torch", new NotSupportedException("misleading", new DllNotFoundException(cause)));

        var told = LoadFailure.Explain(failure, folder: null);

        told.ShouldContain(essence);
        told.ShouldNotContain("\n");
    }

    [Fact]
    public void An_unknown_device_is_told() =>
        Should.Throw<TorchUnavailableException>(() => TorchRuntime.OpenDevice("gpu")).Message
            .ShouldBe("Device 'gpu' is unknown; write cpu, cuda or cuda:0.");

    [Fact]
    public void An_absent_cuda_device_is_told()
    {
        Assert.SkipWhen(TorchRuntime.Initialize().CudaDevices > 0, "This machine has a CUDA device.");

        Should.Throw<TorchUnavailableException>(() => TorchRuntime.OpenDevice("cuda")).Message.ShouldContain("sees 0 CUDA device(s)");
    }
}
