using SearchCluster.Models.Native;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace SearchCluster.Models.Networks;

/// <summary>Normalises each channel over the batch, and by running means when it is not trained (Ioffe and Szegedy 2015).</summary>
/// <remarks>
/// A batch with one number in each channel, such as the last row of an epoch in a network for tables, has no deviation: it is normalised by
/// the running means and leaves them as they are, where PyTorch refuses it.
/// Parameters <c>weight</c> and <c>bias</c>, buffers <c>running_mean</c>, <c>running_var</c>, each of shape [channels], and
/// <c>num_batches_tracked</c>, a number, as in PyTorch's BatchNorm. TorchSharp's own counts its batches with a number that a garbage
/// collection may free during the call (see <see cref="Scalars"/>), which ended a trial now and then.
/// </remarks>
public sealed class BatchNormLayer : nn.Module<Tensor, Tensor>
{
    private const double Momentum = 0.1;
    private const double Epsilon = 1e-5;

    private readonly Parameter _weight;
    private readonly Parameter _bias;
    private readonly Tensor _mean;
    private readonly Tensor _variance;
    private readonly Tensor _batches;

    /// <summary>Makes the layer; it scales by 1 and shifts by 0.</summary>
    /// <param name="channels">Size of dimension 1 of the input.</param>
    /// <param name="device">Where it computes.</param>
    public BatchNormLayer(long channels, Device device)
        : base(nameof(BatchNormLayer))
    {
        _weight = new Parameter(ones([channels], device: device), requires_grad: true);
        _bias = new Parameter(zeros([channels], device: device), requires_grad: true);
        (_mean, _variance) = (zeros([channels], device: device), ones([channels], device: device));
        _batches = zeros([], int64, device);
        register_parameter("weight", _weight);
        register_parameter("bias", _bias);
        register_buffer("running_mean", _mean);
        register_buffer("running_var", _variance);
        register_buffer("num_batches_tracked", _batches);
    }

    /// <inheritdoc />
    public override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var isOverBatch = training && input.numel() > input.size(1);
        if (isOverBatch)
        {
            _batches.add_(Scalars.Of(1L), Scalars.Of(1L));
        }

        return batch_norm(input, _mean, _variance, _weight, _bias, isOverBatch, Momentum, Epsilon);
    }
}
