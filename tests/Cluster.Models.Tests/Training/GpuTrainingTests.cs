using SearchCluster.Models.Execution;
using SearchCluster.Models.Native;

namespace SearchCluster.Models.Tests.Training;

[Trait("Category", "Gpu")]
public sealed class GpuTrainingTests
{
    [Theory]
    [InlineData("adam")]
    [InlineData("rmsprop")]
    [InlineData("momentum")]
    [InlineData("sgd")]
    public void A_trial_on_the_gpu_learns_what_it_learns_on_the_cpu(string optimizer)
    {
        SkipWithoutGpu();
        var assignment = Trials.Assignment(Trials.Sane(epochs: 6, optimizer));

        var onGpu = Trials.Run(assignment, executor: new WorkExecutor("cuda"));
        var onCpu = Trials.Run(assignment);

        // Same weights, batches and arithmetic; only the order of summation differs.
        onGpu.Result.Objective.ShouldBe(onCpu.Result.Objective, tolerance: 0.02);
        onGpu.Result.Metrics["val/accuracy"].ShouldBe(onCpu.Result.Metrics["val/accuracy"], tolerance: 0.02);
    }

    [Fact]
    public void A_trial_resumed_on_the_gpu_goes_on_from_its_checkpoint()
    {
        SkipWithoutGpu();
        var executor = new WorkExecutor("cuda");
        var artifacts = new MemoryArtifactStore();
        Trials.Run(Trials.Assignment(Trials.Sane(epochs: 6), until: 3), artifacts, executor: executor);

        var resumed = Trials.Run(Trials.Assignment(Trials.Sane(epochs: 6), from: 3), artifacts, executor: executor);

        resumed.Reports.Select(report => report.Resource).ShouldBe([4, 5, 6]);
    }

    [Theory]
    [InlineData("mlp")]
    [InlineData("cnn")]
    public void Rows_that_are_kept_on_disk_come_to_the_gpu_batch_by_batch(string workload)
    {
        SkipWithoutGpu();
        var data = workload == "cnn" ? Trials.Digits with { Images = new ImageSpec(8, 8) } : Trials.Digits;
        var plan = Trials.Plan(workload: workload) with { Data = data };
        var values = Trials.Values(("epochs", ParameterValue.Integer(3)), ("learningRate", ParameterValue.Real(0.01)));

        var memory = Trials.Run(Trials.Assignment(values, plan), executor: new WorkExecutor("cuda"));
        var disk = Trials.Run(
            Trials.Assignment(values, plan with { Data = data with { Storage = DataStorage.Disk } }), executor: new WorkExecutor("cuda"));

        disk.Result.Objective.ShouldBe(memory.Result.Objective, tolerance: 0.02);
    }

    private static void SkipWithoutGpu() =>
        Assert.SkipUnless(
            TorchRuntime.Initialize().CudaDevices > 0, "No CUDA device: this libtorch is for the CPU, or the machine has no GPU.");
}
