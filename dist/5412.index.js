export const id=5412;export const ids=[5412];export const modules={3031:((e,t,n)=>{n.d(t,{default:()=>r.t});var r=n(4772)})};
