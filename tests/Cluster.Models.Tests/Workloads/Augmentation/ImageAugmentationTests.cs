using SearchCluster.Models.Configuration;
using SearchCluster.Models.Data;
using SearchCluster.Models.Native;
using SearchCluster.Models.Randomness;
using SearchCluster.Models.Tasks;
using SearchCluster.Models.Workloads;
using SearchCluster.Models.Workloads.Augmentation;
using static TorchSharp.torch;

namespace SearchCluster.Models.Tests.Workloads.Augmentation;

public sealed class ImageAugmentationTests
{
    private static readonly ImageAugmentation None = new(false, 0, 0, 0, 0, 0);

    public ImageAugmentationTests() => TorchRuntime.Initialize();

    [Fact]
    public void A_flip_mirrors_some_images_and_their_masks_and_leaves_the_others()
    {
        using var image = arange(0, 12, float32).reshape(1, 1, 3, 4).expand(32, 1, 3, 4);
        using var mask = arange(0, 12, int64).reshape(1, 3, 4).expand(32, 3, 4);
        var varied = Apply(None with { Flip = true }, image, mask);

        var mirrored = Enumerable.Range(0, 32)
            .Count(row => Close(varied.Inputs[row], image[row].flip(2)) && Same(varied.Targets[row], mask[row].flip(1)));
        var same = Enumerable.Range(0, 32).Count(row => Close(varied.Inputs[row], image[row]) && Same(varied.Targets[row], mask[row]));

        (mirrored + same).ShouldBe(32);
        mirrored.ShouldBeInRange(6, 26);
    }

    [Fact]
    public void A_crop_shifts_by_whole_pixels_within_its_limit()
    {
        using var image = zeros(64, 1, 9, 9);
        image[TensorIndex.Colon, 0, 4, 4] = tensor(1f);
        var varied = Apply(None with { Crop = 2 }, image);

        for (var row = 0; row < 64; row++)
        {
            var place = varied.Inputs[row, 0].flatten().argmax().item<long>();
            varied.Inputs[row, 0].max().item<float>().ShouldBe(1, 1e-4f);
            Math.Abs((place / 9) - 4).ShouldBeLessThanOrEqualTo(2);
            Math.Abs((place % 9) - 4).ShouldBeLessThanOrEqualTo(2);
        }
    }

    [Fact]
    public void A_blur_keeps_the_mean_of_an_even_image_and_spreads_a_dot()
    {
        using var even = full([4, 3, 8, 8], 0.7f);
        Close(Apply(None with { Blur = 1 }, even).Inputs, even).ShouldBeTrue();

        using var dot = zeros(4, 1, 9, 9);
        dot[TensorIndex.Colon, 0, 4, 4] = tensor(1f);
        var blurred = Apply(None with { Blur = 1 }, dot).Inputs;
        blurred[TensorIndex.Colon, 0, 4, 4].max().item<float>().ShouldBeLessThan(1);
        blurred.sum().item<float>().ShouldBe(4, 1e-3f);
    }

    [Fact]
    public void Brightness_and_contrast_vary_from_image_to_image_and_keep_the_shape()
    {
        using var images = linspace(-1, 1, 16 * 9, float32).reshape(16, 1, 3, 3);
        var varied = Apply(None with { Brightness = 0.2, Contrast = 0.3 }, images).Inputs;

        varied.shape.ShouldBe(images.shape);
        var differences = varied.sub(images).mean([1, 2, 3]);
        differences.std().item<float>().ShouldBeGreaterThan(0.05f);
        differences.abs().max().item<float>().ShouldBeLessThanOrEqualTo(0.4f + 1e-4f);
    }

    [Fact]
    public void The_same_epoch_draws_the_same_variations()
    {
        using var images = linspace(-1, 1, 8 * 64, float32).reshape(8, 1, 8, 8);
        var all = new ImageAugmentation(true, 2, 0.1, 0.1, 10, 1);

        Same(Apply(all, images, epoch: 3).Inputs, Apply(all, images, epoch: 3).Inputs).ShouldBeTrue();
        Same(Apply(all, images, epoch: 3).Inputs, Apply(all, images, epoch: 4).Inputs).ShouldBeFalse();
    }

    [Fact]
    public void Images_that_are_answered_by_numbers_vary_and_stay_where_they_are()
    {
        var workload = (INetworkWorkload)WorkloadCatalog.Default.Find("cnn-regressor")!;
        var values = Trials.Values(
            ("brightness", ParameterValue.Real(0.2)), ("contrast", ParameterValue.Real(0.3)), ("blur", ParameterValue.Real(1)));
        var shape = new DataShape([1, 8, 8], TargetKind.Numbers, [], [], ["x", "y"]);
        using var images = linspace(-1, 1, 8 * 64, float32).reshape(8, 1, 8, 8);
        using var points = linspace(0, 1, 16, float32).reshape(8, 2);
        using var noise = new NoiseSource(7, CPU);
        noise.Restart(1);

        var varied = workload.CreateAugmentation(Hyperparameters.Create(workload.Descriptor, ParameterValues.Empty, values), shape)!.Apply(
            new(images, points), noise);

        Close(varied.Inputs, images).ShouldBeFalse();
        Same(varied.Targets, points).ShouldBeTrue();
        workload.CreateAugmentation(Hyperparameters.Create(workload.Descriptor, ParameterValues.Empty, ParameterValues.Empty), shape)
            .ShouldBeNull();
        workload.Descriptor.Hyperparameters.Select(hyperparameter => hyperparameter.Name).ShouldNotContain("flip");
    }

    private static Batch Apply(ImageAugmentation augmentation, Tensor images, Tensor? masks = null, int epoch = 1)
    {
        using var noise = new NoiseSource(7, CPU);
        noise.Restart(epoch);
        return augmentation.Apply(new(images, masks ?? zeros(images.size(0), int64)), noise);
    }

    private static bool Same(Tensor left, Tensor right) => left.eq(right).all().item<bool>();

    private static bool Close(Tensor left, Tensor right) => left.sub(right).abs().max().item<float>() < 1e-4f;
}
